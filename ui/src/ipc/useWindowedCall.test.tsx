import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { answerWith, draw } from '../testing/render'
import type { ConflictList } from './bindings/ConflictList'
import { useWindowedCall } from './useWindowedCall'

const args = (offset: number, limit: number) => ({ offset, limit })
const total = (list: ConflictList) => list.total
const rows = (list: ConflictList) => list.rows

function List() {
  const list = useWindowedCall({ name: 'conflict.list', args, total, rows })
  return (
    <>
      <output>{`${list.total}: ${list.rowAt(0)?.field ?? '-'} ${list.rowAt(250)?.field ?? '-'}`}</output>
      <button onClick={() => list.onRange(240, 260)}>far</button>
    </>
  )
}

it('asks only for the stretch on the screen', async () => {
  const row = (field: string) => ({ field, about: null, versions: [], contact: { id: 'a', fullName: 'A', kind: 'lead', phone: null, branch: null } })
  const { asked } = answerWith({
    'conflict.list': ({ offset, limit }: { offset: number; limit: number }) => ({
      total: 1000,
      rows: Array.from({ length: limit }, (_, index) => row(`f${offset + index}`)),
    }),
  })
  draw(<List />)
  expect(await screen.findByText('1000: f0 -')).toBeVisible()
  await userEvent.click(screen.getByRole('button', { name: 'far' }))
  expect(await screen.findByText(/f250/)).toBeVisible()
  expect(asked.map((each) => each.args)).toEqual([
    { offset: 0, limit: 100 },
    { offset: 200, limit: 100 },
  ])
})
