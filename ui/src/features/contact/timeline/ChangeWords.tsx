import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldChange } from '../../../ipc/bindings/FieldChange'
import type { Fields } from '../model/useFields'
import classes from './Entry.module.css'

type Props = { changes: readonly FieldChange[]; /** How many actions in a row stand here. */ actions: number; fields: Fields }

/** A number of digits stays on one line: its inner spaces do not break. */
export function unbroken(value: string): string {
  return value.replace(/(?<=\d) (?=\d)/g, '\u00a0')
}

/** What was changed: one field in a line, several, or several edits in a row, behind a press. */
export function ChangeWords({ changes, actions, fields }: Props) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const line = (change: FieldChange) => {
    const say = (value: string) => (value ? fields.text(change.field, value) : t('fields.empty'))
    const before = change.before.map(say).join(' / ')
    return (
      <>
        {fields.field(change.field).label}: {before ? <s className={classes.before}>{unbroken(before)}</s> : null} {before ? '→ ' : null}
        <span className={classes.after}>{unbroken(say(change.after))}</span>
      </>
    )
  }
  const [first, ...others] = changes
  if (!first) return null
  if (others.length === 0) return <span>{line(first)}</span>
  const names = [...new Set(changes.map((each) => fields.field(each.field).label))].join(', ')
  return (
    <span>
      <button type="button" className={classes.fold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {actions > 1 ? t('person.changedTimes', { count: actions, names }) : t('person.changedFields', { count: changes.length, names })}
      </button>
      {isOpen ? (
        <ul className={classes.changes}>
          {changes.map((change, at) => (
            <li key={`${change.field}-${at}`}>{line(change)}</li>
          ))}
        </ul>
      ) : null}
    </span>
  )
}
