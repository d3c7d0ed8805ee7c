/** Which rows are chosen: these ids, or all that match but for these. */
export type RowSelection = { isAll: boolean; ids: ReadonlySet<string> }

/** Nothing chosen. */
export const nothingSelected: RowSelection = { isAll: false, ids: new Set() }

/** Whether a row is chosen. */
export function isSelected(selection: RowSelection, id: string): boolean {
  return selection.isAll !== selection.ids.has(id)
}

/** How many rows are chosen of `total` that match. */
export function selectedCount(selection: RowSelection, total: number): number {
  return selection.isAll ? Math.max(0, total - selection.ids.size) : selection.ids.size
}

/** The selection with rows put in or out of it. */
export function withRows(selection: RowSelection, ids: readonly string[], isIn: boolean): RowSelection {
  const next = new Set(selection.ids)
  for (const id of ids) {
    if (isIn === selection.isAll) next.delete(id)
    else next.add(id)
  }
  return { isAll: selection.isAll, ids: next }
}
