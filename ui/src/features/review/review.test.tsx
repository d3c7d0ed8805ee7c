import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useKeys } from '../../kit/actions/useKeys'
import { answerWith, draw } from '../../testing/render'
import { reviewAnswers, sampleConflicts } from '../../testing/sampleReviews'
import { ReviewPage } from './ReviewPage'

vi.mock('@tanstack/react-router', () => ({ Link: ({ children }: { children: React.ReactNode }) => <a href="#person">{children}</a> }))

function Page() {
  useKeys()
  return <ReviewPage />
}

const open = (answers = {}) => {
  const core = answerWith({ ...reviewAnswers, edit: { action: 'a1' }, 'action.undo': { action: 'a2', restored: 1, skipped: 0, job: null }, ...answers })
  draw(<Page />)
  return core
}
const editsOf = (asked: { name: string; args: unknown }[]) => asked.filter((each) => each.name === 'edit').map((each) => each.args)

it('one key keeps one of the values of the focused conflict', async () => {
  const { asked } = open()
  await screen.findByRole('article', { name: /Trần Thị Đức/ })
  await userEvent.keyboard('2')
  await waitFor(() => expect(editsOf(asked)).toHaveLength(1))
  expect(editsOf(asked)[0]).toEqual({
    edits: [{ noun: 'contact', id: 'c1', edit: { do: 'resolve', field: 'phone.1', value: '+84903111222' } }],
  })
  expect(await screen.findByText('Số điện thoại của Trần Thị Đức: giữ 0903 111 222')).toBeInTheDocument()
})

it('J moves to the next conflict, and a blank value is kept as blank', async () => {
  const { asked } = open()
  await screen.findByRole('article', { name: /Lê Ngọc Ửng/ })
  await userEvent.keyboard('jj2')
  await waitFor(() => expect(editsOf(asked)).toHaveLength(1))
  expect(editsOf(asked)[0]).toEqual({ edits: [{ noun: 'contact', id: 'c3', edit: { do: 'resolve', field: 'birthOn', value: null } }] })
})

it('two texts of a call stand whole beside each other, and a key keeps one', async () => {
  const { asked } = open()
  const call = await screen.findByRole('article', { name: 'Đỗ Thu Trang, Cuộc gọi, 12/03/2026 14:30: nội dung' })
  const versions = within(call).getAllByRole('button')
  expect(versions[0]).toHaveTextContent('Mẹ hỏi học phí lớp hè. Hẹn gọi lại thứ 5, sau 17:00, khi bố có ở nhà. Bé thích lớp của cô Hà, chưa muốn đổi cơ sở dù nhà đã chuyển sang Quận 1.')
  expect(versions[1]).toHaveTextContent('Trần Quốc Bảo · Quầy Quận 1')
  await userEvent.keyboard('jjj1')
  await waitFor(() => expect(editsOf(asked)).toHaveLength(1))
  expect(editsOf(asked)[0]).toEqual({ edits: [{ noun: 'contact', id: 'c4', edit: { do: 'resolve', field: 'interaction.01JNOTE.body', value: sampleConflicts[3]?.versions[0]?.value } }] })
  expect(await screen.findByText(/nội dung của Đỗ Thu Trang: giữ Mẹ hỏi học phí lớp hè\. Hẹn gọi lại thứ 5, .*…$/)).toBeInTheDocument()
})

it('two titles of a task say which task they are of', async () => {
  open()
  const task = await screen.findByRole('article', { name: 'Phạm Gia Bảo, Việc (Gọi): tên việc' })
  expect(within(task).getByRole('button', { name: 'Giữ Gọi bố về học phí' })).toBeInTheDocument()
})

it('what was decided is gone, and the next one has the focus', async () => {
  let rows = sampleConflicts
  const { asked } = open({
    'conflict.list': () => ({ total: rows.length, rows }),
    edit: () => {
      rows = rows.slice(1)
      return { action: 'a1' }
    },
  })
  await screen.findByRole('article', { name: /Trần Thị Đức/ })
  await userEvent.keyboard('1')
  await waitFor(() => expect(screen.queryByRole('article', { name: /Trần Thị Đức/ })).toBeNull())
  await userEvent.keyboard('3')
  await waitFor(() => expect(editsOf(asked)).toHaveLength(2))
  expect(editsOf(asked)[1]).toMatchObject({ edits: [{ id: 'c2', edit: { value: 'active' } }] })
})

it('a refused choice comes back', async () => {
  open({
    edit: () => {
      throw { code: 'forbidden', message: 'not allowed' }
    },
  })
  await screen.findByRole('article', { name: /Trần Thị Đức/ })
  await userEvent.keyboard('1')
  expect(await screen.findByText('Chưa chọn được')).toBeInTheDocument()
  expect(screen.getByRole('article', { name: /Trần Thị Đức/ })).toBeInTheDocument()
})

it('M merges the focused pair and X keeps the next one apart', async () => {
  const { asked } = open()
  await userEvent.click(await screen.findByRole('tab', { name: /Có thể trùng/ }))
  const pair = await screen.findByRole('article', { name: 'Nguyễn Văn An và Nguyễn Văn Ân' })
  expect(within(pair).getByText('Chung số điện thoại')).toBeInTheDocument()
  await userEvent.keyboard('m')
  await userEvent.keyboard('jx')
  await waitFor(() => expect(editsOf(asked)).toHaveLength(2))
  expect(editsOf(asked)[0]).toEqual({ edits: [{ noun: 'contact', id: 'c2', edit: { do: 'mergeWith', other: 'c9' } }] })
  expect(JSON.stringify(editsOf(asked)[1])).toContain('keepApart')
})

it('people of two branches are shown with the reason and without a merge', async () => {
  const { asked } = open()
  await userEvent.click(await screen.findByRole('tab', { name: /Có thể trùng/ }))
  const pair = await screen.findByRole('article', { name: 'Phạm Gia Bảo và Phạm Gia Bảo' })
  expect(within(pair).queryByRole('button', { name: 'Gộp lại' })).toBeNull()
  expect(within(pair).getByText(/hai chi nhánh nên không gộp được/)).toBeInTheDocument()
  await userEvent.keyboard('jm')
  await userEvent.keyboard('x')
  await waitFor(() => expect(editsOf(asked)).toHaveLength(1))
  expect(editsOf(asked)[0]).toEqual({ edits: [{ noun: 'contact', id: 'c5', edit: { do: 'keepApart', other: 'c8' } }] })
})

it('an empty list says what belongs there', async () => {
  open({ 'conflict.list': { total: 0, rows: [] }, 'duplicate.list': [] })
  expect(await screen.findByRole('heading', { name: 'Không có gì cần chọn' })).toBeInTheDocument()
})
