import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconChevronDown, IconChevronUp, IconDots, IconPhone, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import { Avatar } from '../../../kit/Avatar'
import { PageHeader } from '../../../kit/PageHeader'
import { Chip } from '../../../kit/StatusDot'
import { formatCount } from '../../../lib/money'
import { addressed } from '../model/values'
import { StatusMark } from '../StatusMark'
import classes from './PersonPage.module.css'
import type { useNeighbours } from './useNeighbours'

type Props = {
  page: ContactPage
  along: ReturnType<typeof useNeighbours>
  onBack: () => void
  onCall: () => void
  onDelete: () => void
}

/** Who this is, the way along the list, and what is done most. */
export function PersonHeader({ page, along, onBack, onCall, onDelete }: Props) {
  const { t } = useTranslation()
  const { row } = page
  const step = (label: string, key: string, go: (() => void) | null, icon: React.ReactNode) => (
    <Tooltip label={`${label} · ${key}`}>
      <ActionIcon variant="default" aria-label={label} disabled={!go} onClick={() => go?.()}>
        {icon}
      </ActionIcon>
    </Tooltip>
  )
  return (
    <PageHeader
      before={
        <>
          <ActionIcon aria-label={t('person.back')} onClick={onBack}>
            <IconArrowLeft size={16} stroke={1.6} />
          </ActionIcon>
          <Avatar name={row.fullName} seed={row.id} size={28} />
        </>
      }
      title={addressed(row.honorific, row.fullName)}
      chips={
        <>
          <Chip>{t(`terms.kind.${row.kind}`, { defaultValue: row.kind })}</Chip>
          <StatusMark status={row.status} />
        </>
      }
      actions={
        <>
          {along.place === null ? null : (
            <span className={`${classes.place} q-numeric`}>
              {formatCount(along.place)} / {formatCount(along.total)}
            </span>
          )}
          {step(t('person.previous'), 'K', along.previous, <IconChevronUp size={16} stroke={1.6} />)}
          {step(t('person.next'), 'J', along.next, <IconChevronDown size={16} stroke={1.6} />)}
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" aria-label={t('person.entryMenu')}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item color="red" leftSection={<IconTrash size={15} stroke={1.6} />} onClick={onDelete}>
                {t('bulk.delete')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Button leftSection={<IconPhone size={15} stroke={1.7} />} onClick={onCall}>
            {t('person.logCall')}
          </Button>
        </>
      }
    />
  )
}
