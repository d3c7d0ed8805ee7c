import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportCounts } from '../../ipc/bindings/ImportCounts'
import type { ImportRow } from '../../ipc/bindings/ImportRow'
import { useCall } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { useActions } from '../../kit/actions/useActions'
import { CountTabs } from '../../kit/CountTabs'
import { EmptyState, ErrorState } from '../../kit/States'
import { DataTable } from '../../kit/table/DataTable'
import { checkColumns } from './checkColumns'
import classes from './CheckStep.module.css'
import { RowPanel } from './RowPanel'
import { countAll, outcomes, type Outcome } from './states'
import { useImportRows } from './useImportRows'

type Tab = Outcome | 'all'
type Props = { importId: string; counts: ImportCounts; stamp: string }

/** The rows of a dry run, by what would become of them. */
export function CheckRows({ importId, counts, stamp }: Props) {
  const { t } = useTranslation()
  const say = useErrorText()
  const definitions = useCall('definition.list', {}).data
  const [tab, setTab] = useState<Tab>('all')
  const [opened, setOpened] = useState<ImportRow | null>(null)
  const outcome = tab === 'all' ? null : tab
  const { rowAt, onRange, error } = useImportRows(importId, outcome, stamp)
  const isOpen = opened !== null
  // The panel says the notes in full; the room they took goes to the changes.
  const columns = useMemo(() => checkColumns(t, definitions).filter((column) => !isOpen || column.id !== 'notes'), [t, definitions, isOpen])
  const total = tab === 'all' ? countAll(counts) : counts[tab]
  useActions(
    useMemo(
      () => [{ id: 'import.closeRow', label: t('import.check.closeRow'), group: t('nav.import'), shortcut: 'escape', onlyKey: true, isEnabled: () => isOpen, run: () => setOpened(null) }],
      [t, isOpen],
    ),
  )
  const choose = useCallback((next: Tab) => {
    setTab(next)
    setOpened(null)
  }, [])
  const tabs = [
    { value: 'all' as Tab, label: t('import.outcome.all'), count: countAll(counts) },
    ...outcomes.map((each) => ({ value: each as Tab, label: t(`import.outcome.${each}`), count: counts[each] })),
  ]
  return (
    <div className={classes.checked}>
      <div className={classes.list}>
        <div className={classes.tabs}>
          <CountTabs label={t('import.check.tabs')} tabs={tabs} value={tab} onChange={choose} />
        </div>
        <DataTable
          key={tab}
          label={t('import.check.rows')}
          columns={columns}
          total={total}
          rowAt={rowAt}
          rowId={(row) => String(row.line)}
          onRange={onRange}
          onOpen={setOpened}
          empty={<EmptyState title={t('import.check.noneTitle')}>{t('import.check.noneBody')}</EmptyState>}
          error={error ? <ErrorState message={say(error)} /> : undefined}
        />
      </div>
      {opened ? <RowPanel row={opened} definitions={definitions} onClose={() => setOpened(null)} /> : null}
    </div>
  )
}
