import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './TroubleNote.module.css'

type Props = { title?: string; children: ReactNode; tone?: 'danger' | 'warning' | 'info'; action?: ReactNode }

/** A note inside the page: what happened, or what is worth knowing here. */
export function TroubleNote({ title, children, tone = 'danger', action }: Props) {
  const Icon = tone === 'info' ? IconInfoCircle : IconAlertTriangle
  return (
    <div className={classes.note} data-tone={tone} role={tone === 'danger' ? 'alert' : 'note'}>
      <Icon size={16} stroke={1.7} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        {title ? <strong className={classes.title}>{title}</strong> : null}
        <div>{children}</div>
      </div>
      {action}
    </div>
  )
}
