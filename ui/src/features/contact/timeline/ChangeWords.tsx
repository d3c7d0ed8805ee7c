import { useTranslation } from 'react-i18next'
import type { FieldChange } from '../../../ipc/bindings/FieldChange'
import type { TimelineEntry } from '../../../ipc/bindings/TimelineEntry'
import { RelativeTime } from '../../../kit/RelativeTime'
import type { Fields } from '../model/useFields'
import classes from './Entry.module.css'
import { UndoEntry, type Reach } from './UndoEntry'

type Props = { entry: TimelineEntry; fields: Fields; isOpen: boolean; onOpen: (isOpen: boolean) => void }

/** A number of digits stays on one line: its inner spaces do not break. */
export function unbroken(value: string): string {
  return value.replace(/(?<=\d) (?=\d)/g, '\u00a0')
}

/** The fields of some changes, each once. */
export function namesOf(changes: readonly FieldChange[], fields: Fields): string {
  return [...new Set(changes.map((each) => fields.field(each.field).label))].join(', ')
}

/** What was changed: one field in a line; several, or several edits in a row, behind a press. */
export function ChangeWords({ entry, fields, isOpen, onOpen }: Props) {
  const { t } = useTranslation()
  const { changes, actions } = entry
  const [first, ...others] = changes
  if (!first) return null
  if (others.length === 0) return <span><ChangeLine change={first} fields={fields} /></span>
  const names = namesOf(changes, fields)
  return (
    <button type="button" className={classes.fold} aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
      {actions > 1 ? t('person.changedTimes', { count: actions, names }) : t('person.changedFields', { count: changes.length, names })}
    </button>
  )
}

type ListProps = { entry: TimelineEntry; fields: Fields; reach: Reach }

/** Everything that stands behind such a press. Each of several edits is taken back by itself. */
export function ChangeList({ entry, fields, reach }: ListProps) {
  const { t } = useTranslation()
  const { changes, steps } = entry
  if (steps.length === 0) {
    return (
      <ul className={classes.steps}>
        {changes.map((change, at) => (
          <li key={`${change.field}-${at}`}><ChangeLine change={change} fields={fields} /></li>
        ))}
      </ul>
    )
  }
  return (
    <ol className={classes.steps} aria-label={t('person.steps')}>
      {steps.map((step) => (
        <li key={step.action}>
          <span className={classes.step}>
            {step.changes.map((change, at) => (
              <span key={`${change.field}-${at}`} className={classes.line}><ChangeLine change={change} fields={fields} /></span>
            ))}
          </span>
          <span className={classes.at}><RelativeTime atMs={step.atMs} /></span>
          <UndoEntry action={step.action} reach={reach} message={namesOf(step.changes, fields)} label={t('person.undoStep', { names: namesOf(step.changes, fields) })} />
        </li>
      ))}
    </ol>
  )
}

type LineProps = { change: FieldChange; fields: Fields }

/** One field's way from one value to another. */
function ChangeLine({ change, fields }: LineProps) {
  const { t } = useTranslation()
  const say = (value: string) => (value ? fields.text(change.field, value) : t('fields.empty'))
  const before = change.before.map(say).join(' / ')
  return (
    <>
      {fields.field(change.field).label}: {before ? <s className={classes.before}>{unbroken(before)}</s> : null} {before ? '→ ' : null}
      <span className={classes.after}>{unbroken(say(change.after))}</span>
    </>
  )
}
