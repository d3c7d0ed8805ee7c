import type { ReactNode } from 'react'

/** A column of a table. */
export type Column<Row> = {
  id: string
  /** What stands above it, translated. */
  header: string
  /** Pixels at first. */
  size: number
  minSize?: number
  align?: 'left' | 'right'
  /** The name to sort by; a column without one does not sort. */
  sortField?: string
  /** Takes what width is left over. At most one. */
  grows?: boolean
  cell: (row: Row) => ReactNode
}

/** In which order rows stand. */
export type TableSort = { field: string; isDescending: boolean }

/** Widths that a person chose, in pixels by column id. */
export type ColumnSizes = Record<string, number>
