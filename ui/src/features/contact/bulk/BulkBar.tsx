import { ActionIcon, Button, Menu } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCircleDashed, IconDots, IconTag, IconTrash, IconUser, IconX, IconChecklist, IconFileExport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { selectedCount, type RowSelection } from '../../../kit/table/selection'
import { formatCount } from '../../../lib/money'
import { useFields } from '../model/useFields'
import { bulkFields, type BulkKind } from './bulk'
import classes from './BulkBar.module.css'

type Props = {
  chosen: RowSelection
  total: number
  onAll: () => void
  onNone: () => void
  onDo: (kind: BulkKind) => void
}

const icon = { size: 15, stroke: 1.6 }

/** What can be done with those chosen, over the foot of the list. */
export function BulkBar({ chosen, total, onAll, onNone, onDo }: Props) {
  const { t } = useTranslation()
  const fields = useFields()
  const isNarrow = useMediaQuery('(max-width: 640px)') ?? false
  const count = selectedCount(chosen, total)
  if (count === 0) return null
  const button = (label: string, mark: React.ReactNode, kind: BulkKind) => (
    <Button variant="subtle" color="gray" size="compact-md" leftSection={mark} className={classes.button} onClick={() => onDo(kind)}>
      {label}
    </Button>
  )
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('bulk.bar')}>
      <span className={`${classes.count} q-numeric`}>{t('bulk.chosen', { shown: formatCount(count) })}</span>
      {count < total ? (
        <Button variant="subtle" size="compact-md" className={classes.all} aria-label={t('bulk.chooseAll', { shown: formatCount(total) })} onClick={onAll}>
          {t(isNarrow ? 'bulk.chooseAllShort' : 'bulk.chooseAll', { shown: formatCount(total) })}
        </Button>
      ) : null}
      <span className={classes.line} />
      {button(fields.field('status').label, <IconCircleDashed {...icon} />, { do: 'set', field: 'status' })}
      {button(fields.field('owner').label, <IconUser {...icon} />, { do: 'set', field: 'owner' })}
      {button(t('bulk.addTag'), <IconTag {...icon} />, { do: 'addTag' })}
      {button(t('bulk.addTask'), <IconChecklist {...icon} />, { do: 'addTask' })}
      <Menu position="top-end">
        <Menu.Target>
          <ActionIcon aria-label={t('bulk.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {bulkFields.slice(2).map((field) => (
            <Menu.Item key={field} onClick={() => onDo({ do: 'set', field })}>
              {t('bulk.set', { field: fields.field(field).label.toLocaleLowerCase() })}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => onDo({ do: 'removeTag' })}>{t('bulk.removeTag')}</Menu.Item>
          <Menu.Item leftSection={<IconFileExport {...icon} />} onClick={() => onDo({ do: 'export' })}>
            {t('bulk.export')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={() => onDo({ do: 'delete' })}>
            {t('bulk.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ActionIcon aria-label={t('bulk.none')} onClick={onNone}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  )
}
