import { ActionIcon, Button, Popover } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../../ipc/useCall'
import { useErrorText } from '../../../ipc/useErrorText'
import { RelativeTime } from '../../../kit/RelativeTime'
import { LoadingLines } from '../../../kit/States'
import { setField } from '../model/edits'
import { useAsk } from '../model/useAsk'
import type { Fields } from '../model/useFields'
import classes from './History.module.css'
import { StatusStays } from './StatusStays'

type Props = { id: string; field: string; current: string; fields: Fields }

/** Opens the past of one field: who, on which device, when, before and after. */
export function HistoryButton(props: Props) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const label = props.fields.field(props.field).label
  return (
    <Popover opened={isOpen} onChange={setOpen} position="right-start" width={340} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon size={24} aria-label={t('person.historyOf', { what: label })} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <IconHistory size={14} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel} aria-label={t('person.historyOf', { what: label })}>
        <div className={classes.title}>{t('person.historyOf', { what: label })}</div>
        {isOpen && props.field === 'status' ? <StatusStays id={props.id} current={props.current} onClose={() => setOpen(false)} /> : null}
        {isOpen && props.field !== 'status' ? <HistoryList {...props} onClose={() => setOpen(false)} /> : null}
      </Popover.Dropdown>
    </Popover>
  )
}

function HistoryList({ id, field, current, fields, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const ask = useAsk()
  const history = useCall('contact.history', { id, field })
  const say = (value: string) => (value ? fields.text(field, value) : t('fields.empty'))
  if (history.isError) return <p className={classes.quiet}>{errorText(history.error)}</p>
  if (!history.data) return <LoadingLines rows={3} />
  if (history.data.length === 0) return <p className={classes.quiet}>{t('person.noHistory')}</p>
  return (
    <ol className={classes.list}>
      {history.data.map((entry, index) => (
        <li key={`${entry.atMs}-${index}`} className={classes.entry}>
          <div>
            <span className={classes.before}>{entry.change.before.map(say).join(' / ') || t('fields.empty')}</span>
            <span aria-hidden> → </span>
            <span className={classes.after}>{say(entry.change.after)}</span>
          </div>
          <div className={classes.quiet}>
            {entry.staff?.name ?? t('fields.unknownStaff')} · {entry.device?.name ?? t('fields.unknownDevice')} · <RelativeTime atMs={entry.atMs} />
            {entry.cause === 'person' ? null : ` · ${t(`fields.cause.${entry.cause}`, { defaultValue: entry.cause })}`}
          </div>
          {entry.change.after !== current ? (
            <Button
              size="compact-xs"
              variant="light"
              onClick={() => {
                onClose()
                void ask([setField(id, field, entry.change.after || null)], t('person.valueRestored', { what: fields.field(field).label }))
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
