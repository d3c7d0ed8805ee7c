import { Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Column, TableSort } from './columns'
import classes from './DataTable.module.css'
import { nothingSelected, selectedCount, type RowSelection } from './selection'
import type { TableModel } from './useTableModel'

type Props<Row> = {
  model: TableModel
  columns: readonly Column<Row>[]
  sort?: readonly TableSort[]
  onSort?: (sort: TableSort[]) => void
  onMoveColumn?: (id: string, before: string) => void
  selection?: RowSelection
  onSelection?: (selection: RowSelection) => void
  total: number
}

/** Names what is dragged, so that files and text are not taken for a column. */
const dragType = 'application/x-quen-column'

/** The order after a click on a heading: up, down, then none; with Shift beside the other keys. */
export function nextSort(sort: readonly TableSort[], field: string, keepOthers: boolean): TableSort[] {
  const current = sort.find((each) => each.field === field)
  const others = keepOthers ? sort.filter((each) => each.field !== field) : []
  if (!current) return [...others, { field, isDescending: false }]
  return current.isDescending ? [...others] : [...others, { field, isDescending: true }]
}

/** The headings, which stay in sight. */
export function TableHeader<Row>({ model, columns, sort = [], onSort, onMoveColumn, selection, onSelection, total }: Props<Row>) {
  const { t } = useTranslation()
  const chosen = selection ? selectedCount(selection, total) : 0
  const headers = model.getFlatHeaders()
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" className={classes.headRow}>
        {onSelection ? (
          <div role="columnheader" className={classes.check} data-chosen>
            <Checkbox
              aria-label={t('kit.selectAll')}
              tabIndex={-1}
              checked={chosen > 0 && chosen === total}
              indeterminate={chosen > 0 && chosen < total}
              disabled={total === 0}
              onChange={() => onSelection(chosen > 0 ? nothingSelected : { isAll: true, ids: new Set() })}
            />
          </div>
        ) : null}
        {columns.map((column, index) => {
          const header = headers[index]
          const order = sort.find((each) => each.field === column.sortField)
          const field = column.sortField
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={order ? (order.isDescending ? 'descending' : 'ascending') : undefined}
              className={classes.headCell}
              data-align={column.align}
              draggable={Boolean(onMoveColumn)}
              onDragStart={(event) => event.dataTransfer.setData(dragType, column.id)}
              onDragOver={(event) => onMoveColumn && event.dataTransfer.types.includes(dragType) && event.preventDefault()}
              onDrop={(event) => onMoveColumn?.(event.dataTransfer.getData(dragType), column.id)}
            >
              {field && onSort ? (
                <button type="button" className={classes.sort} onClick={(event) => onSort(nextSort(sort, field, event.shiftKey))}>
                  {column.header}
                  {order ? order.isDescending ? <IconArrowDown size={13} aria-hidden /> : <IconArrowUp size={13} aria-hidden /> : null}
                </button>
              ) : (
                <span className={classes.headLabel}>{column.header}</span>
              )}
              {header && !column.grows ? (
                <span
                  aria-hidden
                  className={classes.resize}
                  data-resizing={header.column.getIsResizing() || undefined}
                  draggable
                  onDragStart={(event) => {
                    event.preventDefault()
                    event.stopPropagation()
                  }}
                  onMouseDown={header.getResizeHandler()}
                  onTouchStart={header.getResizeHandler()}
                />
              ) : null}
            </div>
          )
        })}
      </div>
    </div>
  )
}
