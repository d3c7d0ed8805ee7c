import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconTrash, IconUserPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../ipc/useCall'
import { runAction } from '../../kit/actions/registry'
import { useActions } from '../../kit/actions/useActions'
import { PageHeader } from '../../kit/PageHeader'
import { nothingSelected, type RowSelection } from '../../kit/table/selection'
import { targetOf, type BulkKind, type Target } from './bulk/bulk'
import { BulkBar } from './bulk/BulkBar'
import { BulkDialog } from './bulk/BulkDialog'
import { listActions } from './contactActions'
import { DisplayMenu } from './list/DisplayMenu'
import { FilterBar } from './list/FilterBar'
import { fileColumns } from './list/columns'
import { changeSpec, columnsOf } from './list/listState'
import { PeopleTable } from './list/PeopleTable'
import { SearchField } from './list/SearchField'
import { useCellEdit } from './list/useCellEdit'
import { usePeople } from './list/usePeople'
import { ViewTabs } from './list/ViewTabs'
import { useFields } from './model/useFields'
import classes from './PeoplePage.module.css'

/** Everyone the centre knows: views, filters, the table, and what is done to many at once. */
export function PeoplePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const fields = useFields()
  const staff = useCall('session.get', {}).data?.staff ?? null
  const people = usePeople()
  const { state, list } = people
  const [chosen, setChosen] = useState<RowSelection>(nothingSelected)
  const [doing, setDoing] = useState<{ kind: BulkKind; target: Target } | null>(null)
  const [isFiltering, setFiltering] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const columns = columnsOf(state.spec)
  const editing = useCellEdit(columns, fields)
  const focusTable = useCallback(() => frame.current?.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true }), [])
  useEffect(() => setChosen(nothingSelected), [state.spec.filter, state.spec.search, state.viewId])
  useEffect(focusTable, [focusTable])

  const active = list.rowAt(state.index)
  const target = targetOf(chosen, state.spec, list.total ?? 0, active?.id)
  const latest = useRef({ target, active, begin: editing.begin })
  useEffect(() => {
    latest.current = { target, active, begin: editing.begin }
  })
  const start = useCallback((kind: BulkKind) => {
    const now = latest.current.target
    if (now) setDoing({ kind, target: now })
  }, [])
  const actions = useMemo(
    () =>
      listActions(t, {
        count: () => latest.current.target?.count ?? 0,
        fieldLabel: (key) => fields.field(key).label,
        onDo: start,
        onEdit: () => latest.current.active && latest.current.begin(latest.current.active.id),
        onSearch: () => search.current?.focus(),
        onFilter: () => setFiltering(true),
        onBin: () => void navigate({ to: '/people/bin' }),
      }),
    [t, fields, start, navigate],
  )
  useActions(actions)

  return (
    <div className={classes.page} ref={frame} data-chosen={chosen.isAll || chosen.ids.size > 0 || undefined}>
      <PageHeader
        title={t('nav.people')}
        count={list.total ?? undefined}
        chips={<ViewTabs views={fields.definitions?.views ?? []} state={state} staff={staff} />}
        actions={
          <>
            <div className={classes.search}>
              <SearchField search={state.spec.search} field={search} onLeave={focusTable} />
            </div>
            <DisplayMenu spec={state.spec} fields={fields} />
            <Tooltip label={t('people.bin')}>
              <ActionIcon variant="default" aria-label={t('people.bin')} onClick={() => void navigate({ to: '/people/bin' })}>
                <IconTrash size={15} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
            <Button className={classes.add} leftSection={<IconUserPlus size={15} stroke={1.7} />} onClick={() => runAction('contact.create')}>
              {t('actions.addPerson')}
            </Button>
          </>
        }
      />
      <FilterBar
        filter={state.spec.filter}
        onChange={(filter) => changeSpec({ filter })}
        fields={fields}
        staff={staff}
        isOpen={isFiltering}
        onOpen={setFiltering}
      />
      <PeopleTable people={people} fields={fields} editing={editing} chosen={chosen} onChosen={setChosen} onEditDone={focusTable} />
      <BulkBar
        chosen={chosen}
        total={list.total ?? 0}
        onAll={() => setChosen({ isAll: true, ids: new Set() })}
        onNone={() => {
          setChosen(nothingSelected)
          focusTable()
        }}
        onDo={start}
      />
      {doing ? (
        <BulkDialog
          kind={doing.kind}
          target={doing.target}
          columns={fileColumns(columns)}
          onClose={() => setDoing(null)}
          onDone={() => {
            if (doing.kind.do === 'delete') setChosen(nothingSelected)
            focusTable()
          }}
        />
      ) : null}
    </div>
  )
}
