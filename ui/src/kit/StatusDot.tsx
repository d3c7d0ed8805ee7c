import type { ReactNode } from 'react'
import classes from './StatusDot.module.css'

/** What a status means; the words beside it say it too. */
export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger' | 'info'

type Props = { tone: Tone; children?: ReactNode; /** An outline only: nothing yet, or not reached. */ hollow?: boolean }

/** A small round mark with its words. */
export function StatusDot({ tone, children, hollow }: Props) {
  return (
    <span className={classes.status}>
      <span aria-hidden className={classes.dot} data-tone={tone} data-hollow={hollow || undefined} />
      {children}
    </span>
  )
}

type ChipProps = {
  tone?: Tone
  children: ReactNode
  icon?: ReactNode
  /** A button at its end, which stays in sight when the words are cut. */
  after?: ReactNode
}

/** A short word on a tint: a tag, a state, a kind. */
export function Chip({ tone = 'neutral', children, icon, after }: ChipProps) {
  return (
    <span className={classes.chip} data-tone={tone}>
      {icon}
      <span className={classes.words} title={typeof children === 'string' ? children : undefined}>
        {children}
      </span>
      {after}
    </span>
  )
}
