import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { draw } from '../../testing/render'
import { countRules, usable, withOperator, type FilterField, type FilterGroup } from './filter'
import { FilterBuilder } from './FilterBuilder'

const fields: FilterField[] = [
  { field: 'fullName', label: 'Họ tên', type: 'text' },
  { field: 'lastInteractionAt', label: 'Liên hệ gần nhất', type: 'date' },
]

function Builder({ seen, from = { is: 'all', of: [] } }: { seen: (group: FilterGroup) => void; from?: FilterGroup }) {
  const [group, setGroup] = useState<FilterGroup>(from)
  return (
    <FilterBuilder
      fields={fields}
      value={group}
      onChange={(next) => {
        setGroup(next)
        seen(next)
      }}
    />
  )
}

it('adds a rule with the usual operator and its value', async () => {
  const seen = vi.fn()
  draw(<Builder seen={seen} />)
  await userEvent.click(screen.getByRole('button', { name: 'Thêm điều kiện' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Liên hệ gần nhất' }))
  expect(seen).toHaveBeenLastCalledWith({ is: 'all', of: [{ is: 'rule', field: 'lastInteractionAt', op: 'inLastDays', value: 14 }] })
})

it('nests groups and takes them away', async () => {
  const seen = vi.fn()
  draw(<Builder seen={seen} />)
  await userEvent.click(screen.getByRole('button', { name: 'Thêm nhóm' }))
  expect(seen).toHaveBeenLastCalledWith({ is: 'all', of: [{ is: 'any', of: [] }] })
  await userEvent.click(screen.getByRole('button', { name: 'Bỏ nhóm' }))
  expect(seen).toHaveBeenLastCalledWith({ is: 'all', of: [] })
})

it('shows what is left out by a view, and lets it be changed', async () => {
  const seen = vi.fn()
  const lan = { is: 'rule', field: 'fullName', op: 'contains', value: 'Lan' } as const
  const hoa = { is: 'rule', field: 'fullName', op: 'contains', value: 'Hoa' } as const
  draw(<Builder seen={seen} from={{ is: 'all', of: [{ is: 'not', of: { is: 'any', of: [lan, hoa] } }, { is: 'not', of: lan }] }} />)
  const [both, one] = screen.getAllByRole('group', { name: 'Không điều nào' }) as [HTMLElement, HTMLElement]
  expect(within(both).getAllByRole('button', { name: 'Bỏ điều kiện' })).toHaveLength(2)
  await userEvent.click(within(both).getAllByRole('button', { name: 'Bỏ điều kiện' })[0] as HTMLElement)
  expect(seen).toHaveBeenLastCalledWith({ is: 'all', of: [{ is: 'not', of: { is: 'any', of: [hoa] } }, { is: 'not', of: lan }] })
  await userEvent.click(within(one).getByText('Một trong số'))
  expect(seen).toHaveBeenLastCalledWith({ is: 'all', of: [{ is: 'not', of: { is: 'any', of: [hoa] } }, { is: 'any', of: [lan] }] })
})

it('a group that leaves out nothing yet leaves everybody in', () => {
  const none: FilterGroup = { is: 'all', of: [{ is: 'not', of: { is: 'any', of: [{ is: 'rule', field: 'fullName', op: 'contains', value: '' }] } }] }
  expect(usable(none)).toEqual({ is: 'all', of: [] })
})

it('leaves out what does not say enough yet', () => {
  const half: FilterGroup = {
    is: 'all',
    of: [
      { is: 'rule', field: 'fullName', op: 'contains', value: '' },
      { is: 'any', of: [{ is: 'rule', field: 'fullName', op: 'isSet', value: null }] },
      { is: 'any', of: [] },
    ],
  }
  expect(usable(half)).toEqual({ is: 'all', of: [{ is: 'any', of: [{ is: 'rule', field: 'fullName', op: 'isSet', value: null }] }] })
  expect(countRules(half)).toBe(1)
})

it('keeps the value when the operator still takes it', () => {
  const field = fields[1] as FilterField
  const rule = { is: 'rule', field: 'lastInteractionAt', op: 'inLastDays', value: 30 } as const
  expect(withOperator(rule, field, 'olderThanDays').value).toBe(30)
  expect(withOperator(rule, field, 'before').value).toBe('')
})
