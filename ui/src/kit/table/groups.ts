/** A run of rows that share a value. */
export type RowGroup = { key: string; label: string; count: number }

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
  let at = 0
  for (const group of groups) {
    headings.push(at)
    at += group.count + 1
  }
  /** The last group whose heading stands at or before `limit`, headings shifted by `shift` per group. */
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
  return {
    count: at,
    lineAt: (line) => {
      const group = find(line, headingOf)
      const found = groups[group]
      return found && headingOf(group) === line ? { kind: 'group', group: found } : { kind: 'row', index: line - group - 1 }
    },
    lineOfRow: (index) => index + find(index, (group) => headingOf(group) - group) + 1,
  }
}
