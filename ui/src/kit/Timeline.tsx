import type { ReactNode } from 'react'
import type { Tone } from './StatusDot'
import classes from './Timeline.module.css'

type Props = { label: string; children: ReactNode }

/** A line through time, newest at the top. */
export function Timeline({ label, children }: Props) {
  return (
    <ol className={classes.timeline} aria-label={label}>
      {children}
    </ol>
  )
}

type EntryProps = {
  icon: ReactNode
  tone?: Tone
  /** Who did what, in one line. */
  title: ReactNode
  /** When, and marks such as "arrived late". */
  meta?: ReactNode
  /** Buttons that appear when the entry is pointed at. */
  actions?: ReactNode
  children?: ReactNode
  /** A machine's or a minor entry: smaller. */
  isQuiet?: boolean
}

/** One thing that happened. */
export function TimelineItem({ icon, tone = 'neutral', title, meta, actions, children, isQuiet }: EntryProps) {
  return (
    <li className={classes.item} data-quiet={isQuiet || undefined}>
      <span aria-hidden className={classes.icon} data-tone={tone}>
        {icon}
      </span>
      <div className={classes.content}>
        <div className={classes.head}>
          <span className={classes.title}>{title}</span>
          {meta ? <span className={classes.meta}>{meta}</span> : null}
          {actions ? <span className={classes.actions}>{actions}</span> : null}
        </div>
        {children ? <div className={classes.body}>{children}</div> : null}
      </div>
    </li>
  )
}

type DayProps = { children: ReactNode }

/** The heading of a day. */
export function TimelineDay({ children }: DayProps) {
  return <li className={classes.day}>{children}</li>
}
