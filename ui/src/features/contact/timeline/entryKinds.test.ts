import { kindsInSight, writtenKinds } from './entryKinds'

it('shows as many kinds as there is room for, the usual ones first', () => {
  expect(kindsInSight('note', 418)).toEqual(['note', 'comment', 'call', 'meeting', 'zalo'])
  expect(kindsInSight('note', 350)).toHaveLength(4)
  expect(kindsInSight('note', 680)).toHaveLength(7)
})

it('the chosen kind is in sight at every width', () => {
  for (const width of [0, 350, 418, 680]) for (const kind of writtenKinds) expect(kindsInSight(kind, width)).toContain(kind)
})
