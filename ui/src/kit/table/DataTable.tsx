import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useMemo, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column, ColumnSizes, TableSort } from './columns'
import classes from './DataTable.module.css'
import { layLines, type RowGroup } from './groups'
import type { RowSelection } from './selection'
import { isSelected } from './selection'
import { TableHeader } from './TableHeader'
import { GroupRow, SkeletonRow, TableRow } from './TableRow'
import { useRowHeight } from './useRowHeight'
import { useTableKeys } from './useTableKeys'
import { useTableModel } from './useTableModel'

/** Lines kept ready above and below the window. */
const OVERSCAN = 12
/** Lines drawn while the first answer is on its way. */
const SKELETON_ROWS = 14
/** Room below the last row for the bar of what is done to those chosen, in pixels. */
const BAR_ROOM = 72
const noGroups: readonly RowGroup[] = []
const noSizes: ColumnSizes = {}

export type DataTableProps<Row> = {
  /** What the table is called for those who do not see it. */
  label: string
  columns: readonly Column<Row>[]
  /** How many rows there are in all; null while nobody knows yet. */
  total: number | null
  /** The row at a place, or undefined while it is on its way. */
  rowAt: (index: number) => Row | undefined
  rowId: (row: Row) => string
  /** Told which rows are on the screen, last one included, so that they can be fetched. */
  onRange?: (first: number, last: number) => void
  onOpen?: (row: Row, index: number) => void
  /** The row the keys stand on. */
  active?: number
  onActive?: (index: number) => void
  selection?: RowSelection
  onSelection?: (selection: RowSelection) => void
  sort?: readonly TableSort[]
  onSort?: (sort: TableSort[]) => void
  sizes?: ColumnSizes
  onSizes?: (sizes: ColumnSizes) => void
  groups?: readonly RowGroup[]
  /** Folds or unfolds a group. */
  onFold?: (group: RowGroup) => void
  /** Moves a column before another one. */
  onMoveColumn?: (id: string, before: string) => void
  /** Shown instead of rows when there are none. */
  empty: ReactNode
  /** Shown instead of rows when they could not be read. */
  error?: ReactNode
}

/** A table of any length: only the window is drawn and fetched; the keyboard reaches everything. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, total, rowAt, rowId, onRange, selection, onSelection, groups = noGroups } = props
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const rowHeight = useRowHeight()
  const lines = useMemo(() => layLines(total ?? 0, groups), [total, groups])
  const model = useTableModel(columns, props.sizes ?? noSizes, props.onSizes ?? (() => undefined))
  const foot = selection && (selection.isAll || selection.ids.size > 0) ? BAR_ROOM : 0
  const virtualizer = useVirtualizer({
    count: total === null ? SKELETON_ROWS : lines.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    paddingEnd: foot,
    scrollPaddingEnd: foot,
    initialRect: { width: 900, height: 600 },
  })
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  const keys = useTableKeys({ ...props, scroller, scrollTo: (index) => virtualizer.scrollToIndex(lines.lineOfRow(index), { align: 'auto' }) })

  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (!onRange || total === null || total === 0) return
    const rows: number[] = []
    for (let at = first; at <= last; at++) {
      const line = lines.lineAt(at)
      if (line.kind === 'row') rows.push(line.index)
    }
    if (rows.length > 0) onRange(rows[0] ?? 0, Math.min(total - 1, rows.at(-1) ?? 0))
  }, [onRange, first, last, total, lines])

  const template = useMemo(() => {
    const widths = model.getFlatHeaders().map((header) => {
      const grows = columns.find((column) => column.id === header.id)?.grows
      return grows ? `minmax(${header.getSize()}px, 1fr)` : `${header.getSize()}px`
    })
    return [...(onSelection ? ['40px'] : []), ...widths].join(' ')
    // The sizes are part of the model, which keeps its identity.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [columns, props.sizes, onSelection, model])

  const rowDomId = (index: number) => `${id}-row-${index}`
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={total ?? -1}
      aria-multiselectable={onSelection ? true : undefined}
      aria-activedescendant={total ? rowDomId(keys.active) : undefined}
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
      style={{ '--columns': template } as React.CSSProperties}
    >
      <TableHeader
        model={model}
        columns={columns}
        sort={props.sort}
        onSort={props.onSort}
        onMoveColumn={props.onMoveColumn}
        selection={selection}
        onSelection={onSelection}
        total={total ?? 0}
      />
      {props.error || total === 0 ? (
        <div role="row">
          <div role="gridcell">{props.error ?? <div className={classes.empty}>{props.empty}</div>}</div>
        </div>
      ) : null}
      <div role="rowgroup" className={classes.body} style={{ height: props.error ? 0 : virtualizer.getTotalSize() }}>
        {props.error
          ? null
          : items.map((item) => {
              const line = total === null ? null : lines.lineAt(item.index)
              if (line?.kind === 'group') {
                return (
                  <GroupRow key={`group-${line.group.key}`} group={line.group} top={item.start} onFold={props.onFold} />
                )
              }
              const row = line ? rowAt(line.index) : undefined
              if (!line || row === undefined) {
                return <SkeletonRow key={`wait-${item.index}`} columns={columns.length} top={item.start} hasCheckbox={Boolean(onSelection)} seed={item.index} />
              }
              const rowKey = rowId(row)
              return (
                <TableRow
                  key={rowKey}
                  domId={rowDomId(line.index)}
                  row={row}
                  index={line.index}
                  columns={columns}
                  top={item.start}
                  isActive={line.index === keys.active}
                  isChosen={selection && onSelection ? isSelected(selection, rowKey) : undefined}
                  selectLabel={t('kit.selectRow')}
                  onClick={keys.onRowClick}
                  onToggle={keys.onToggle}
                />
              )
            })}
      </div>
    </div>
  )
}
