import { layLines, unfoldedRow } from './groups'
import { isSelected, nothingSelected, selectedCount, withRows } from './selection'

it('without groups a row is a line', () => {
  const lines = layLines(5, [])
  expect(lines.count).toBe(5)
  expect(lines.lineAt(3)).toEqual({ kind: 'row', index: 3 })
})

it('puts a heading before each group and finds every row again', () => {
  const groups = [
    { key: 'a', label: 'A', count: 2 },
    { key: 'b', label: 'B', count: 3 },
    { key: 'c', label: 'C', count: 1 },
  ]
  const lines = layLines(6, groups)
  expect(lines.count).toBe(9)
  const shown = Array.from({ length: 9 }, (_, line) => lines.lineAt(line))
  expect(shown.map((line) => (line.kind === 'group' ? line.group.key : line.index))).toEqual(['a', 0, 1, 'b', 2, 3, 4, 'c', 5])
  for (let row = 0; row < 6; row++) expect(lines.lineAt(lines.lineOfRow(row))).toEqual({ kind: 'row', index: row })
})

it('counts all that match but for some', () => {
  const some = withRows(nothingSelected, ['a', 'b'], true)
  expect(selectedCount(some, 100)).toBe(2)
  const allBut = withRows({ isAll: true, ids: new Set() }, ['a'], false)
  expect(selectedCount(allBut, 100)).toBe(99)
  expect(isSelected(allBut, 'a')).toBe(false)
  expect(isSelected(allBut, 'z')).toBe(true)
  expect(selectedCount(withRows(allBut, ['a'], true), 100)).toBe(100)
})

it('folded groups keep their heading and lose their lines', () => {
  const groups = [{ key: 'a', label: 'A', count: 3, isFolded: true }, { key: 'b', label: 'B', count: 2 }]
  const lines = layLines(5, groups)
  expect(lines.count).toBe(4)
  expect(lines.lineAt(2)).toEqual({ kind: 'row', index: 3 })
  expect(lines.lineOfRow(3)).toBe(2)
  expect(lines.lineOfRow(1)).toBe(0)
})

it('the keys step over folded groups and stay when there is nothing beyond', () => {
  const groups = [{ key: 'a', label: 'A', count: 2 }, { key: 'b', label: 'B', count: 3, isFolded: true }, { key: 'c', label: 'C', count: 1 }]
  expect(unfoldedRow(2, 1, groups, 1)).toBe(5)
  expect(unfoldedRow(4, -1, groups, 5)).toBe(1)
  expect(unfoldedRow(2, 1, groups.slice(0, 2), 1)).toBe(1)
})
