import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { draw } from '../../testing/render'
import type { Column } from './columns'
import { DataTable } from './DataTable'
import { nothingSelected, selectedCount, type RowSelection } from './selection'
import { nextSort } from './TableHeader'

type Person = { id: string; name: string }
const columns: Column<Person>[] = [{ id: 'name', header: 'Họ tên', size: 200, sortField: 'fullName', cell: (row) => row.name }]
const people = Array.from({ length: 5000 }, (_, index) => ({ id: `p${index}`, name: `Người ${index}` }))

function Table({ onOpen, onRange, total = people.length as number | null }: { onOpen?: (row: Person) => void; onRange?: (a: number, b: number) => void; total?: number | null }) {
  const [selection, setSelection] = useState<RowSelection>(nothingSelected)
  return (
    <>
      <DataTable
        label="Mọi người"
        columns={columns}
        total={total}
        rowAt={(index) => people[index]}
        rowId={(row) => row.id}
        onOpen={onOpen}
        onRange={onRange}
        selection={selection}
        onSelection={setSelection}
        empty={<p>Chưa có ai</p>}
      />
      <output>{`chosen ${selectedCount(selection, people.length)}`}</output>
    </>
  )
}

it('draws only the window and says which rows it needs', () => {
  const onRange = vi.fn()
  draw(<Table onRange={onRange} />)
  expect(screen.getAllByRole('row').length).toBeLessThan(60)
  expect(onRange).toHaveBeenLastCalledWith(0, expect.any(Number))
  expect(screen.getByRole('grid', { name: 'Mọi người' })).toHaveAttribute('aria-rowcount', '5000')
})

it('moves with arrows and opens with Enter', async () => {
  const onOpen = vi.fn()
  draw(<Table onOpen={onOpen} />)
  screen.getByRole('grid').focus()
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}{Enter}')
  expect(onOpen).toHaveBeenCalledWith(people[1], 1)
})

it('a key that follows before the next drawing means the row that was moved to', () => {
  const onOpen = vi.fn()
  draw(<Table onOpen={onOpen} />)
  const grid = screen.getByRole('grid')
  const press = (key: string) => grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  act(() => {
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) press(key)
  })
  expect(onOpen).toHaveBeenCalledWith(people[2], 2)
})

it('leaves Ctrl-Enter to the screen around it', async () => {
  const onOpen = vi.fn()
  const onHeard = vi.fn()
  draw(
    <div onKeyDown={(event) => onHeard(event.defaultPrevented)}>
      <Table onOpen={onOpen} />
    </div>,
  )
  screen.getByRole('grid').focus()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  expect(onOpen).not.toHaveBeenCalled()
  expect(onHeard).toHaveBeenLastCalledWith(false)
})

it('chooses a stretch with Shift, all that match with Ctrl-A, none with Escape', async () => {
  draw(<Table />)
  screen.getByRole('grid').focus()
  await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
  expect(screen.getByText('chosen 3')).toBeVisible()
  await userEvent.keyboard('{Control>}a{/Control}')
  expect(screen.getByText('chosen 5000')).toBeVisible()
  await userEvent.keyboard(' ')
  expect(screen.getByText('chosen 4999')).toBeVisible()
  await userEvent.keyboard('{Escape}')
  expect(screen.getByText('chosen 0')).toBeVisible()
})

it('leaves room below the last row for the bar while rows are chosen', async () => {
  draw(<Table />)
  const body = screen.getAllByRole('rowgroup').at(-1)
  const height = () => parseFloat(body?.style.height ?? '')
  const before = height()
  screen.getByRole('grid').focus()
  await userEvent.keyboard(' ')
  expect(height()).toBeGreaterThan(before)
  await userEvent.keyboard('{Escape}')
  expect(height()).toBe(before)
})

it('shows what belongs there when there is nothing', () => {
  draw(<Table total={0} />)
  expect(screen.getByText('Chưa có ai')).toBeVisible()
})

it('sorts up, down, then not; with Shift beside other keys', () => {
  const up = nextSort([], 'a', false)
  expect(up).toEqual([{ field: 'a', isDescending: false }])
  const down = nextSort(up, 'a', false)
  expect(down).toEqual([{ field: 'a', isDescending: true }])
  expect(nextSort(down, 'a', false)).toEqual([])
  expect(nextSort(down, 'b', true)).toEqual([...down, { field: 'b', isDescending: false }])
})
