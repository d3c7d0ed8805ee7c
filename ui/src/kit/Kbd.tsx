import { Fragment } from 'react'
import { shortcutKeys, type Shortcut } from '../lib/shortcuts'
import classes from './Kbd.module.css'

type Props = { shortcut: Shortcut }

/** Draws a shortcut as the keys of a keyboard. */
export function Keys({ shortcut }: Props) {
  return (
    <span className={classes.keys}>
      {shortcutKeys(shortcut).map((stroke, index) => (
        <Fragment key={index}>
          {stroke.map((key) => (
            <kbd key={key} className={classes.key}>
              {key}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  )
}
