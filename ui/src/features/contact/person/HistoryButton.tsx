import { ActionIcon, Popover } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { setField } from '../model/edits'
import type { Fields } from '../model/useFields'
import classes from './History.module.css'
import { HistoryList } from './HistoryList'
import { StatusStays } from './StatusStays'

type Props = { id: string; field: string; current: string; fields: Fields }

/** Opens the past of one field, also of one that is empty now. */
export function HistoryButton({ id, field, current, fields }: Props) {
  return (
    <HistoryPopover what={fields.field(field).label}>
      {(onClose) =>
        field === 'status' ? (
          <StatusStays id={id} current={current} onClose={onClose} />
        ) : (
          <HistoryList
            id={id}
            fields={fields}
            field={field}
            stands={(_, value) => value === current}
            restore={(key, value) => setField(id, key, value || null)}
            onClose={onClose}
          />
        )
      }
    </HistoryPopover>
  )
}

type PopoverProps = { what: string; children: (onClose: () => void) => ReactNode }

/** A button that opens the past of `what`. */
export function HistoryPopover({ what, children }: PopoverProps) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const label = t('person.historyOf', { what })
  return (
    <Popover opened={isOpen} onChange={setOpen} position="right-start" width={340} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon size={24} aria-label={label} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <IconHistory size={14} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel} aria-label={label}>
        {/* While the past is on its way there is nothing else to focus, and Esc is heard in here alone. */}
        <div className={classes.title} tabIndex={-1} data-autofocus>
          {label}
        </div>
        {isOpen ? children(() => setOpen(false)) : null}
      </Popover.Dropdown>
    </Popover>
  )
}
