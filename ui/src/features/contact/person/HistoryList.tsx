import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Edit } from '../../../ipc/bindings/Edit'
import type { FieldChange } from '../../../ipc/bindings/FieldChange'
import { useCall } from '../../../ipc/useCall'
import { useErrorText } from '../../../ipc/useErrorText'
import { RelativeTime } from '../../../kit/RelativeTime'
import { LoadingLines } from '../../../kit/States'
import { useAsk } from '../model/useAsk'
import type { Fields } from '../model/useFields'
import classes from './History.module.css'

type Props = {
  id: string
  fields: Fields
  /** One field, or null for all those that `has` picks. */
  field: string | null
  has?: (field: string) => boolean
  /** Whether a value of a field stands there now; an empty text stands where there is none. */
  stands: (field: string, value: string) => boolean
  /** Brings a value back. */
  restore: (field: string, value: string) => Edit
  onClose: () => void
}

/** The value that an entry can bring back: what was written, or, where it was cleared and is still empty, what stood before. */
export function restorable({ field, before, after }: FieldChange, stands: Props['stands']): string | null {
  if (!stands(field, after)) return after
  const [last] = before
  return after === '' && last !== undefined && !stands(field, last) ? last : null
}

/** Every write of a field, or of several: who, on which device, when, before and after. */
export function HistoryList({ id, fields, field, has, stands, restore, onClose }: Props) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const ask = useAsk()
  const history = useCall('contact.history', { id, field })
  const say = (key: string, value: string) => (value ? fields.text(key, value) : t('fields.empty'))
  if (history.isError) return <p className={classes.quiet}>{errorText(history.error)}</p>
  if (!history.data) return <LoadingLines rows={3} />
  const entries = has ? history.data.filter(({ change }) => has(change.field)) : history.data
  if (entries.length === 0) return <p className={classes.quiet}>{t('person.noHistory')}</p>
  const bringBack = (key: string, value: string) => {
    onClose()
    void ask([restore(key, value)], t('person.valueRestored', { what: fields.field(key).label }))
  }
  return (
    <ol className={classes.list}>
      {entries.map((entry, index) => {
        const { change } = entry
        const value = restorable(change, stands)
        return (
          <li key={`${entry.atMs}-${index}`} className={classes.entry}>
            {field === null ? <div className={classes.quiet}>{fields.field(change.field).label}</div> : null}
            <div>
              {change.before.length > 0 ? (
                <>
                  <s className={classes.before}>{change.before.map((each) => say(change.field, each)).join(' / ')}</s>
                  <span aria-hidden> → </span>
                </>
              ) : null}
              <span className={classes.after}>{say(change.field, change.after)}</span>
            </div>
            <div className={classes.quiet}>
              {entry.staff?.name ?? t('fields.unknownStaff')} · {entry.device?.name ?? t('fields.unknownDevice')} · <RelativeTime atMs={entry.atMs} />
              {entry.cause === 'person' ? null : ` · ${t(`fields.cause.${entry.cause}`, { defaultValue: entry.cause })}`}
            </div>
            {value === null ? null : (
              <Button size="compact-xs" variant="light" onClick={() => bringBack(change.field, value)}>
                {t(value === change.after ? 'person.restoreValue' : 'person.restoreCleared')}
              </Button>
            )}
          </li>
        )
      })}
    </ol>
  )
}
