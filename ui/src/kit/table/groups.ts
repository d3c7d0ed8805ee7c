/** A run of rows that share a value. */
export type RowGroup = { key: string; label: string; count: number; /** Its rows are folded away. */ isFolded?: boolean }

/** What stands on a line of a grouped list. */
export type Line = { kind: 'group'; group: RowGroup } | { kind: 'row'; index: number }

/** Where the lines of a list with group headings are; without groups each row is one line. */
export type Lines = {
  count: number
  lineAt: (line: number) => Line
  lineOfRow: (index: number) => number
}

/** Lays rows and group headings out as lines. */
export function layLines(rowCount: number, groups: readonly RowGroup[]): Lines {
  if (groups.length === 0) {
    return { count: rowCount, lineAt: (line) => ({ kind: 'row', index: line }), lineOfRow: (index) => index }
  }
  const headings: number[] = []
  const firstRows: number[] = []
  let at = 0
  let rows = 0
  for (const group of groups) {
    headings.push(at)
    firstRows.push(rows)
    at += (group.isFolded ? 0 : group.count) + 1
    rows += group.count
  }
  /** The last group whose start is at or before `limit`. */
  const find = (limit: number, startOf: (group: number) => number) => {
    let low = 0
    let high = groups.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (startOf(middle) <= limit) low = middle
      else high = middle - 1
    }
    return low
  }
  const headingOf = (group: number) => headings[group] ?? 0
  const firstRowOf = (group: number) => firstRows[group] ?? 0
  return {
    count: at,
    lineAt: (line) => {
      const group = find(line, headingOf)
      const found = groups[group]
      if (found && headingOf(group) === line) return { kind: 'group', group: found }
      return { kind: 'row', index: firstRowOf(group) + line - headingOf(group) - 1 }
    },
    lineOfRow: (index) => {
      const group = find(index, firstRowOf)
      return groups[group]?.isFolded ? headingOf(group) : headingOf(group) + 1 + index - firstRowOf(group)
    },
  }
}

/** The next row from `index` in the direction of `step` that is not folded away; `index` itself when there is none. */
export function unfoldedRow(index: number, step: number, groups: readonly RowGroup[], from: number): number {
  let start = 0
  for (const [at, group] of groups.entries()) {
    const end = start + group.count
    if (index >= start && index < end) {
      if (!group.isFolded) return index
      const isLast = step < 0 ? at === 0 : at === groups.length - 1
      return isLast ? from : unfoldedRow(step < 0 ? start - 1 : end, step, groups, from)
    }
    start = end
  }
  return groups.length ? from : index
}
