import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '../../kit/actions/useActions'
import { PageHeader } from '../../kit/PageHeader'
import { Chip } from '../../kit/StatusDot'
import { CheckStep } from './CheckStep'
import { ColumnsStep } from './ColumnsStep'
import { OptionsStep } from './OptionsStep'
import { ReadingStep } from './ReadingStep'
import { StepBar } from './StepBar'
import { changeWizard } from './useImport'
import { ValuesStep } from './ValuesStep'
import { canGoOn, goBack, goOn, goTo, importScreen, stepsOf, type Step, type Wizard } from './wizard'
import classes from './WizardPage.module.css'

type Props = { wizard: Wizard }

const leave = () => importScreen.set({ kind: 'start' })
const back = () => changeWizard(goBack)
const onward = () => changeWizard(goOn)

/** An import that is being set up: one page, one step at a time. */
export function WizardPage({ wizard }: Props) {
  const { t } = useTranslation()
  const isChecking = wizard.step === 'check'
  const isReady = canGoOn(wizard)
  const actions = useMemo(
    () => [
      ...(isChecking
        ? []
        : [{ id: 'import.goOn', label: t('import.goOn'), group: t('nav.import'), shortcut: 'mod+enter', whileTyping: true, isEnabled: () => isReady, run: onward }]),
      { id: 'import.back', label: t('import.back'), group: t('nav.import'), shortcut: 'escape', onlyKey: true, run: back },
    ],
    [t, isChecking, isReady],
  )
  useActions(actions)
  const open = (step: Step) => (step === 'file' ? leave() : changeWizard((current) => goTo(current, step)))
  return (
    <>
      <PageHeader
        title={t('nav.import')}
        chips={<Chip>{wizard.draft.fileName || t('import.pastedName')}</Chip>}
        actions={
          <Button variant="subtle" color="gray" onClick={leave}>
            {t('import.later')}
          </Button>
        }
      />
      <StepBar own={stepsOf(wizard)} step={wizard.step} reached={wizard.reached} onStep={open} />
      {isChecking ? (
        <CheckStep wizard={wizard} onBack={back} />
      ) : (
        <>
          <div className={classes.body} key={wizard.step}>
            <StepBody wizard={wizard} />
          </div>
          <footer className={classes.foot}>
            <Button variant="default" onClick={back}>
              {t('import.back')}
            </Button>
            <Button onClick={onward} disabled={!isReady}>
              {t(wizard.step === 'options' ? 'import.toCheck' : 'import.goOn')}
            </Button>
          </footer>
        </>
      )}
    </>
  )
}

function StepBody({ wizard }: Props) {
  if (wizard.step === 'reading') return <ReadingStep wizard={wizard} />
  if (wizard.step === 'columns') return <ColumnsStep wizard={wizard} />
  if (wizard.step === 'values') return <ValuesStep wizard={wizard} />
  return <OptionsStep wizard={wizard} />
}
