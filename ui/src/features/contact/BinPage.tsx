import { ActionIcon, Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowLeft, IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { BinList } from '../../ipc/bindings/BinList'
import type { BinRow } from '../../ipc/bindings/BinRow'
import { useErrorText } from '../../ipc/useErrorText'
import { useWindowedCall } from '../../ipc/useWindowedCall'
import { PageHeader } from '../../kit/PageHeader'
import { EmptyState, ErrorState } from '../../kit/States'
import type { Column } from '../../kit/table/columns'
import { DataTable } from '../../kit/table/DataTable'
import { BinLeft } from './list/BinLeft'
import { columnOf } from './list/columns'
import { aboutContact } from './model/edits'
import { useAsk } from './model/useAsk'
import { useFields } from './model/useFields'

const args = (offset: number, limit: number) => ({ offset, limit })
const totalOf = (list: BinList) => list.total
const rowsOf = (list: BinList) => list.rows
const rowId = (row: BinRow) => row.id

/** Those who were removed, for thirty days. */
export function BinPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const errorText = useErrorText()
  const fields = useFields()
  const ask = useAsk()
  const isNarrow = useMediaQuery('(max-width: 640px)') ?? false
  const list = useWindowedCall({ name: 'contact.bin', args, total: totalOf, rows: rowsOf })
  const restore = useCallback(
    (row: BinRow) => void ask([aboutContact(row.id, { do: 'restore' })], t('people.restored', { name: row.fullName })),
    [ask, t],
  )
  const columns = useMemo<Column<BinRow>[]>(
    () => [
      ...(isNarrow ? ['fullName'] : ['fullName', 'status', 'phone', 'branch']).map((key) => ({ ...columnOf(key, fields), ...(isNarrow ? { size: 160 } : {}) })),
      { id: 'daysLeft', header: t('people.binLeft'), size: isNarrow ? 84 : 128, cell: (row) => <BinLeft deletedAtMs={row.deletedAtMs} /> },
      {
        id: 'restore',
        header: '',
        size: isNarrow ? 96 : 110,
        align: 'right',
        cell: (row) => (
          <Button
            size="compact-sm"
            variant="light"
            onClick={(event) => {
              event.stopPropagation()
              restore(row)
            }}
          >
            {t('people.restore')}
          </Button>
        ),
      },
    ],
    [fields, isNarrow, restore, t],
  )
  return (
    <>
      <PageHeader
        before={
          <ActionIcon aria-label={t('people.toPeople')} onClick={() => void navigate({ to: '/people' })}>
            <IconArrowLeft size={16} stroke={1.6} />
          </ActionIcon>
        }
        title={t('people.binTitle')}
        count={list.total ?? undefined}
        chips={<span style={{ color: 'var(--q-text-faint)' }}>{t('people.binNote')}</span>}
      />
      <DataTable
        label={t('people.binTitle')}
        columns={columns}
        total={list.total}
        rowAt={list.rowAt}
        rowId={rowId}
        onRange={list.onRange}
        onOpen={(row) => void navigate({ to: '/people/$id', params: { id: row.id } })}
        error={list.error && list.total === null ? <ErrorState message={errorText(list.error)} onRetry={list.retry} /> : undefined}
        empty={
          <EmptyState icon={<IconTrash size={28} stroke={1.5} />} title={t('people.binEmptyTitle')}>
            {t('people.binEmptyBody')}
          </EmptyState>
        }
      />
    </>
  )
}
