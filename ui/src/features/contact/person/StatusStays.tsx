import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../../ipc/useCall'
import { useErrorText } from '../../../ipc/useErrorText'
import { RelativeTime } from '../../../kit/RelativeTime'
import { LoadingLines } from '../../../kit/States'
import { setField } from '../model/edits'
import { useAsk } from '../model/useAsk'
import { StatusMark } from '../StatusMark'
import classes from './History.module.css'

type Props = { id: string; current: string; onClose: () => void }

const day = 86_400_000

/** A length of time in days, as people count them. */
export function useDaysText(): (ms: number) => string {
  const { t } = useTranslation()
  return (ms) => (ms < day ? t('person.underOneDay') : t('person.days', { count: Math.floor(ms / day) }))
}

/** Where a person stood, since when, for how long, and who moved them. */
export function StatusStays({ id, current, onClose }: Props) {
  const { t } = useTranslation()
  const ask = useAsk()
  const errorText = useErrorText()
  const daysText = useDaysText()
  const log = useCall('contact.statusLog', { id })
  if (log.isError) return <p className={classes.quiet}>{errorText(log.error)}</p>
  if (!log.data) return <LoadingLines rows={3} />
  if (log.data.length === 0) return <p className={classes.quiet}>{t('person.noHistory')}</p>
  return (
    <ol className={classes.list} aria-label={t('person.statusLog')}>
      {log.data.map((stay) => (
        <li key={`${stay.atMs}-${stay.to ?? ''}`} className={classes.entry}>
          <div className={classes.stay}>
            {stay.to ? <StatusMark status={stay.to} /> : <span>{t('fields.empty')}</span>}
            <span className={classes.span}>
              {stay.durationMs === null ? t('person.untilNow', { span: daysText(Date.now() - stay.atMs) }) : daysText(stay.durationMs)}
            </span>
          </div>
          <div className={classes.quiet}>
            {stay.staff?.name ?? t('fields.unknownStaff')} · {stay.device?.name ?? t('fields.unknownDevice')} · <RelativeTime atMs={stay.atMs} />
            {stay.cause === 'person' ? null : ` · ${t(`fields.cause.${stay.cause}`, { defaultValue: stay.cause })}`}
          </div>
          {stay.to && stay.to !== current ? (
            <Button
              size="compact-xs"
              variant="light"
              onClick={() => {
                onClose()
                void ask([setField(id, 'status', stay.to)], t('person.valueRestored', { what: t('terms.field.status') }))
              }}
            >
              {t('person.restoreValue')}
            </Button>
          ) : null}
        </li>
      ))}
    </ol>
  )
}
