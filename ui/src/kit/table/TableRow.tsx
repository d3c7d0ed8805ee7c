import { Checkbox } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { memo, type MouseEvent } from 'react'
import { formatCount } from '../../lib/money'
import type { Column } from './columns'
import classes from './DataTable.module.css'
import type { RowGroup } from './groups'

type Props<Row> = {
  domId: string
  row: Row
  index: number
  columns: readonly Column<Row>[]
  /** Pixels from the top of the body. */
  top: number
  isActive: boolean
  /** Undefined where rows cannot be chosen. */
  isChosen?: boolean
  selectLabel: string
  onClick: (index: number, event: MouseEvent) => void
  onToggle: (index: number, extend: boolean) => void
}

function Line<Row>({ domId, row, index, columns, top, isActive, isChosen, selectLabel, onClick, onToggle }: Props<Row>) {
  return (
    <div
      id={domId}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={isChosen}
      className={classes.row}
      data-active={isActive || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => onClick(index, event)}
    >
      {isChosen === undefined ? null : (
        <div role="gridcell" className={classes.check} data-chosen={isChosen || undefined}>
          <Checkbox
            checked={isChosen}
            aria-label={selectLabel}
            tabIndex={-1}
            onChange={() => undefined}
            onClick={(event) => {
              event.stopPropagation()
              onToggle(index, event.shiftKey)
            }}
          />
        </div>
      )}
      {columns.map((column) => (
        <div key={column.id} role="gridcell" className={classes.cell} data-align={column.align}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
}

/** One row; drawn again only when something about it changed. */
export const TableRow = memo(Line) as typeof Line

type SkeletonProps = { columns: number; top: number; hasCheckbox: boolean; seed: number }

/** A row that is on its way. */
export function SkeletonRow({ columns, top, hasCheckbox, seed }: SkeletonProps) {
  return (
    <div role="row" aria-hidden className={classes.row} data-waiting style={{ transform: `translateY(${top}px)` }}>
      {hasCheckbox ? <div /> : null}
      {Array.from({ length: columns }, (_, index) => (
        <div key={index} role="gridcell" className={classes.cell}>
          <span className={classes.bone} style={{ width: `${70 - ((seed * 17 + index * 29) % 38)}%` }} />
        </div>
      ))}
    </div>
  )
}

type GroupProps = { group: RowGroup; top: number; onFold?: (group: RowGroup) => void }

/** The heading of a group; a press folds its rows away. */
export function GroupRow({ group, top, onFold }: GroupProps) {
  return (
    <div role="row" className={classes.group} style={{ transform: `translateY(${top}px)` }}>
      <button type="button" role="rowheader" className={classes.fold} aria-expanded={!group.isFolded} disabled={!onFold} onClick={() => onFold?.(group)}>
        <IconChevronRight size={14} aria-hidden className={classes.chevron} data-open={!group.isFolded || undefined} />
        {group.label}
        <span className={`${classes.groupCount} q-numeric`}>{formatCount(group.count)}</span>
      </button>
    </div>
  )
}
