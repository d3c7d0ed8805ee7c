import { Keys } from '../../kit/Kbd'
import classes from './Review.module.css'

type Props = { hints: readonly (readonly [shortcut: string, label: string])[] }

/** The keys of a list, quietly at its foot. */
export function KeyHints({ hints }: Props) {
  return (
    <footer className={classes.hints}>
      {hints.map(([shortcut, label]) => (
        <span key={shortcut} className={classes.hint}>
          <Keys shortcut={shortcut} /> {label}
        </span>
      ))}
    </footer>
  )
}
