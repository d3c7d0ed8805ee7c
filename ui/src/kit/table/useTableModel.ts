import { columnResizingFeature, columnSizingFeature, tableFeatures, useTable } from '@tanstack/react-table'
import { useMemo } from 'react'
import type { Column, ColumnSizes } from './columns'

const features = tableFeatures({ columnSizingFeature, columnResizingFeature })
const noRows: never[] = []

/**
 * Widths and resize handles of columns.
 *
 * Rows stay outside the table model: only the window of rows on the screen is known here.
 */
export function useTableModel<Row>(
  columns: readonly Column<Row>[],
  sizes: ColumnSizes,
  onSizes: (sizes: ColumnSizes) => void,
) {
  const definitions = useMemo(
    () => columns.map((column) => ({ id: column.id, header: column.header, size: column.size, minSize: column.minSize ?? 64, maxSize: 640 })),
    [columns],
  )
  return useTable({
    features,
    columns: definitions,
    data: noRows,
    columnResizeMode: 'onChange',
    state: { columnSizing: sizes },
    onColumnSizingChange: (next) => onSizes(typeof next === 'function' ? next(sizes) : next),
  })
}

/** The model of widths. */
export type TableModel = ReturnType<typeof useTableModel>
