import { useTranslation } from 'react-i18next'
import type { ImportCounts } from '../../ipc/bindings/ImportCounts'
import { StatusDot } from '../../kit/StatusDot'
import { formatCount } from '../../lib/money'
import classes from './RunPage.module.css'
import { outcomes, outcomeTones } from './states'

type Props = { counts: ImportCounts }

/** What came of the rows, as figures. */
export function CountCards({ counts }: Props) {
  const { t } = useTranslation()
  return (
    <dl className={classes.figures}>
      {outcomes.map((outcome) => (
        <div key={outcome} className={classes.figure} data-zero={counts[outcome] === 0 || undefined}>
          <dt>
            <StatusDot tone={outcomeTones[outcome]}>{t(`import.outcome.${outcome}`)}</StatusDot>
          </dt>
          <dd className="q-numeric">{formatCount(counts[outcome])}</dd>
        </div>
      ))}
      {counts.guardians > 0 ? (
        <div className={classes.figure}>
          <dt>
            <StatusDot tone={outcomeTones.new} hollow>
              {t('import.guardians')}
            </StatusDot>
          </dt>
          <dd className="q-numeric">{formatCount(counts.guardians)}</dd>
        </div>
      ) : null}
    </dl>
  )
}
