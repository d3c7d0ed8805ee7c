import { Progress } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatCount } from '../lib/money'
import classes from './ProgressBar.module.css'

type Props = {
  label: string
  done: number
  /** Null while nobody knows how much there is. */
  total: number | null
  /** Pause, leave, cancel. */
  actions?: ReactNode
}

/** How far a longer piece of work is, in words and as a bar. */
export function ProgressBar({ label, done, total, actions }: Props) {
  const percent = total ? Math.min(100, (done / total) * 100) : 100
  return (
    <div className={classes.progress}>
      <div className={classes.line}>
        <span>{label}</span>
        <span className={`${classes.count} q-numeric`}>
          {formatCount(done)}
          {total === null ? '' : ` / ${formatCount(total)}`}
        </span>
        {actions}
      </div>
      <Progress.Root size={6}>
        <Progress.Section value={percent} animated={total === null} striped={total === null} aria-label={label} />
      </Progress.Root>
    </div>
  )
}
