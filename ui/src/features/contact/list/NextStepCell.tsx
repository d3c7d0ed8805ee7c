import type { NextStep } from '../../../ipc/bindings/NextStep'
import { relativeTime } from '../../../lib/dates'
import { useLanguage } from '../../../lib/useLanguage'
import { useNow } from '../../../kit/useNow'
import classes from './cells.module.css'

type Props = { step: NextStep | null }

/** What is to be done next for a person, and when. */
export function NextStepCell({ step }: Props) {
  const language = useLanguage()
  const now = useNow()
  if (!step) return null
  const isLate = step.dueAtMs !== null && step.dueAtMs < now
  return (
    <span className={classes.step}>
      <span className={classes.stepTitle}>{step.title}</span>
      {step.dueAtMs === null ? null : (
        <span className={`${classes.stepDue} ${isLate ? classes.late : ''}`}>{relativeTime(step.dueAtMs, now, language)}</span>
      )}
    </span>
  )
}
