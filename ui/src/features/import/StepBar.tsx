import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './StepBar.module.css'
import { steps, type Step } from './wizard'

type Props = {
  own: readonly Step[]
  step: Step
  reached: Step
  /** Missing once the import runs: then nothing can be set up any more. */
  onStep?: (step: Step) => void
}

/** Where in the import one is; steps that were reached can be opened. */
export function StepBar({ own, step, reached, onStep }: Props) {
  const { t } = useTranslation()
  const place = own.indexOf(step)
  return (
    <nav className={classes.bar} aria-label={t('import.steps')}>
      <ol className={classes.steps}>
        {own.map((each, index) => (
          <li key={each} className={classes.item}>
            <button
              type="button"
              className={classes.step}
              aria-current={each === step ? 'step' : undefined}
              disabled={!onStep || (each !== 'file' && steps.indexOf(each) > steps.indexOf(reached))}
              data-done={index < place || undefined}
              onClick={() => onStep?.(each)}
            >
              <span className={classes.mark} aria-hidden>
                {index < place ? <IconCheck size={12} stroke={2.4} /> : index + 1}
              </span>
              <span className={classes.label}>{t(`import.step.${each}`)}</span>
            </button>
          </li>
        ))}
      </ol>
      <span className={classes.short} aria-hidden>
        {place + 1}/{own.length} · {t(`import.step.${step}`)}
      </span>
    </nav>
  )
}
