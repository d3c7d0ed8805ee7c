import type { Action } from '../../kit/actions/registry'
import { grouped, matchingActions } from './paletteItems'

const action = (id: string, label: string, group = 'g', more: Partial<Action> = {}): Action => ({
  id,
  label,
  group,
  run: () => undefined,
  ...more,
})
const actions = [
  action('a', 'Nhập danh sách'),
  action('b', 'Thêm người', 'g', { keywords: 'học viên mới' }),
  action('c', 'Mọi người', 'other'),
  action('d', 'Bảng lệnh', 'g', { onlyKey: true }),
]

it('finds actions without marks, best first', () => {
  expect(matchingActions(actions, 'nguoi').map((each) => each.id)).toEqual(['b', 'c'])
  expect(matchingActions(actions, 'hoc vien').map((each) => each.id)).toEqual(['b'])
  expect(matchingActions(actions, 'xyz')).toEqual([])
})

it('leaves out what only a key can do', () => {
  expect(matchingActions(actions, '').map((each) => each.id)).toEqual(['a', 'b', 'c'])
})

it('groups in order of appearance', () => {
  expect(grouped(actions).map(([name]) => name)).toEqual(['g', 'other'])
})
