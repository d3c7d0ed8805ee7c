import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconFilterOff, IconUsers } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactRow } from '../../../ipc/bindings/ContactRow'
import { useErrorText } from '../../../ipc/useErrorText'
import { runAction } from '../../../kit/actions/registry'
import { EmptyState, ErrorState } from '../../../kit/States'
import type { Column } from '../../../kit/table/columns'
import { DataTable } from '../../../kit/table/DataTable'
import type { RowGroup } from '../../../kit/table/groups'
import type { RowSelection } from '../../../kit/table/selection'
import type { Fields } from '../model/useFields'
import { CellEditor } from './CellEditor'
import { cellValue, columnOf, isEditable } from './columns'
import { columnSizes } from './columnSizes'
import { EditableCell } from './EditableCell'
import { changeColumns, changeSpec, columnsOf, everyone, foldGroup, listState, movedColumn } from './listState'
import type { useCellEdit } from './useCellEdit'
import type { usePeople } from './usePeople'

type Props = {
  people: ReturnType<typeof usePeople>
  fields: Fields
  editing: ReturnType<typeof useCellEdit>
  chosen: RowSelection
  onChosen: (chosen: RowSelection) => void
  onEditDone: () => void
}

const narrowColumns = ['fullName', 'status']
const rowId = (row: ContactRow) => row.id

/** The rows of the list of people, with cells that are edited in place. */
export function PeopleTable({ people, fields, editing, chosen, onChosen, onEditDone }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const errorText = useErrorText()
  const isNarrow = useMediaQuery('(max-width: 640px)') ?? false
  const sizes = useSyncExternalStore(columnSizes.subscribe, columnSizes.get)
  const { state, list } = people
  const { spec, folded } = state
  const columns = useMemo<Column<ContactRow>[]>(
    () =>
      (isNarrow ? narrowColumns : columnsOf(spec)).map((key) => {
        const column = columnOf(key, fields)
        const cell = (row: ContactRow) =>
          editing.place?.row === row.id && editing.place.column === key ? (
            <CellEditor
              key={`${row.id} ${key}`}
              field={fields.field(key)}
              value={cellValue(row, key)}
              onSave={(value) => void editing.save(row, key, value)}
              onDone={(move) => {
                editing.move(move)
                if (move === 0) onEditDone()
              }}
            />
          ) : isNarrow || !isEditable(key) ? (
            column.cell(row)
          ) : (
            <EditableCell label={t('people.editCell', { field: fields.field(key).label, name: row.fullName })} onEdit={() => editing.begin(row.id, key)}>
              {column.cell(row)}
            </EditableCell>
          )
        return isNarrow ? { ...column, cell, size: key === 'fullName' ? 180 : 128 } : { ...column, cell }
      }),
    [isNarrow, spec, fields, editing, onEditDone, t],
  )
  const groups = useMemo<RowGroup[]>(() => {
    const { groupBy } = spec
    if (!groupBy) return []
    return (list.result?.groups ?? []).map(({ value, count }) => {
      const key = value ?? ''
      return { key, label: value ? fields.text(groupBy, value) : t('people.withoutGroup', { what: fields.field(groupBy).label }), count, isFolded: folded.includes(key) }
    })
  }, [spec, list.result, fields, folded, t])
  // On a narrow screen nothing is chosen; what was chosen while it was wide stays in sight and can be changed.
  const canChoose = !isNarrow || chosen.isAll || chosen.ids.size > 0
  const isNarrowed = spec.search !== '' || JSON.stringify(spec.filter) !== JSON.stringify(everyone.filter)
  return (
    <DataTable
      label={t('nav.people')}
      columns={columns}
      total={list.total}
      rowAt={list.rowAt}
      rowId={rowId}
      onRange={list.onRange}
      onOpen={(row) => void navigate({ to: '/people/$id', params: { id: row.id } })}
      active={state.index}
      onActive={(index) => listState.set((now) => ({ ...now, index }))}
      selection={canChoose ? chosen : undefined}
      onSelection={canChoose ? onChosen : undefined}
      sort={spec.sort}
      onSort={(sort) => changeSpec({ sort })}
      sizes={sizes}
      onSizes={columnSizes.set}
      groups={groups}
      onFold={(group) => foldGroup(group.key)}
      onMoveColumn={(id, before) => changeColumns(movedColumn(columnsOf(spec), id, before))}
      error={list.error ? <ErrorState message={errorText(list.error)} onRetry={list.retry} /> : undefined}
      empty={
        isNarrowed ? (
          <EmptyState
            icon={<IconFilterOff size={28} stroke={1.5} />}
            title={t('people.nothingTitle')}
            action={
              <Button variant="default" onClick={() => changeSpec({ filter: everyone.filter, search: '' })}>
                {t('people.clearFilter')}
              </Button>
            }
          >
            {t('people.nothingBody')}
          </EmptyState>
        ) : (
          <EmptyState
            icon={<IconUsers size={28} stroke={1.5} />}
            title={t('people.emptyTitle')}
            action={
              <>
                <Button onClick={() => void navigate({ to: '/import' })}>{t('nav.import')}</Button>
                <Button variant="default" onClick={() => runAction('contact.create')}>
                  {t('actions.addPerson')}
                </Button>
              </>
            }
          >
            {t('people.emptyBody')}
          </EmptyState>
        )
      }
    />
  )
}
