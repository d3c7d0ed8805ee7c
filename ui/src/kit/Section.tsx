import type { ReactNode } from 'react'
import classes from './Section.module.css'

type Props = { title: string; description?: ReactNode; actions?: ReactNode; children: ReactNode }

/** A part of a page of settings: a title, what it is about, and what stands in it. */
export function Section({ title, description, actions, children }: Props) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.head}>
        <div>
          <h2 className={classes.title}>{title}</h2>
          {description ? <p className={classes.description}>{description}</p> : null}
        </div>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
      {children}
    </section>
  )
}

type LineProps = { icon?: ReactNode; title: ReactNode; detail?: ReactNode; children?: ReactNode; isFaded?: boolean }

/** A line of a short list: what, more about it, and controls at the end. */
export function SectionLine({ icon, title, detail, children, isFaded }: LineProps) {
  return (
    <div className={classes.line} data-faded={isFaded || undefined}>
      {icon ? <span className={classes.icon}>{icon}</span> : null}
      <div className={classes.words}>
        <div className={classes.lineTitle}>{title}</div>
        {detail ? <div className={classes.detail}>{detail}</div> : null}
      </div>
      {children ? <div className={classes.controls}>{children}</div> : null}
    </div>
  )
}

/** The column that such sections stand in. */
export function SectionPage({ children }: { children: ReactNode }) {
  return (
    <div className={classes.scroller}>
      <div className={classes.page}>{children}</div>
    </div>
  )
}
