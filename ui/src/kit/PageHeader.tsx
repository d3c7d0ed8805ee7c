import type { ReactNode } from 'react'
import { formatCount } from '../lib/money'
import classes from './PageHeader.module.css'

type Props = {
  title: ReactNode
  count?: number
  /** Filters as chips, tabs: what narrows the view. */
  chips?: ReactNode
  /** Quiet controls, then the primary action at the far right. */
  actions?: ReactNode
  /** Where this stands, only when depth is real. */
  before?: ReactNode
}

/** The one title line of a view. */
export function PageHeader({ title, count, chips, actions, before }: Props) {
  return (
    <header className={classes.header}>
      {before}
      <h1 className={classes.title}>{title}</h1>
      {count === undefined ? null : <span className={`${classes.count} q-numeric`}>{formatCount(count)}</span>}
      <div className={classes.chips}>{chips}</div>
      <div className={classes.actions}>{actions}</div>
    </header>
  )
}
