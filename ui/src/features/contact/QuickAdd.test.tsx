import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { toasts } from '../../lib/toasts'
import { fakeCore } from '../../testing/fakeCore'
import { drawScreens } from '../../testing/renderApp'
import { sampleDefinitions } from '../../testing/samplePeople'
import { QuickAdd } from './QuickAdd'

beforeEach(() => {
  sessionStorage.clear()
  toasts.set([])
})

const closed = vi.fn()
const draw = (core = fakeCore()) => drawScreens({ screens: { '/': () => <QuickAdd onClose={closed} />, '/people/$id': () => <h1>Người ấy</h1> }, at: '/', core })

it('a name, a phone and Enter add a person at this branch', async () => {
  const { core } = draw()
  await userEvent.type(await screen.findByRole('textbox', { name: 'Họ và tên' }), 'Lê Văn Tám')
  await userEvent.type(screen.getByRole('textbox', { name: 'Số điện thoại' }), '0912345678{Enter}')
  await waitFor(() => expect(core.edits).toHaveLength(2))
  expect(core.edits[0]).toMatchObject({ noun: 'contact', edit: { do: 'create', facts: expect.arrayContaining([
    { field: 'fullName', value: 'Lê Văn Tám' }, { field: 'phone.1', value: '0912345678' }, { field: 'kind', value: 'lead' }, { field: 'status', value: 'new' },
  ]) as unknown } })
  expect(core.edits[1]).toMatchObject({ noun: 'interaction', edit: { do: 'record', kind: 'meeting', direction: 'in' } })
  expect(closed).toHaveBeenCalled()
})

it('says who may already be here while the phone is typed, and opens them', async () => {
  draw()
  await userEvent.type(await screen.findByRole('textbox', { name: 'Số điện thoại' }), '0912345')
  const hint = await screen.findByRole('status', { name: 'Có thể đã có trong danh sách' })
  expect(hint).toHaveTextContent('cùng số điện thoại')
  await userEvent.click(screen.getByRole('button', { name: /Mở$/ }))
  expect(await screen.findByRole('heading', { name: 'Người ấy' })).toBeInTheDocument()
})

it('says at which branch the number is known, where the page is not on this device', async () => {
  const branch = sampleDefinitions.branches[1]!
  const core = fakeCore({ answers: { 'contact.hint': () => [], 'contact.elsewhere': () => [{ branch: branch.id, reasons: ['phone'] }] } })
  draw(core)
  await userEvent.type(await screen.findByRole('textbox', { name: 'Số điện thoại' }), '0912345678')
  const hint = await screen.findByRole('status', { name: 'Có thể đã có trong danh sách' })
  expect(hint).toHaveTextContent('Đã có ở chi nhánh khác')
  expect(hint).toHaveTextContent(`${branch.name}cùng số điện thoại · hỏi chi nhánh đó trước khi thêm`)
  expect(core.calls.filter((call) => call.name === 'contact.elsewhere').at(-1)?.args).toMatchObject({ phone: '0912345678' })
  await userEvent.clear(screen.getByRole('textbox', { name: 'Số điện thoại' }))
  await waitFor(() => expect(hint).not.toBeInTheDocument())
})

it('asks for a name and keeps what was typed', async () => {
  const { core } = draw()
  await userEvent.type(await screen.findByRole('textbox', { name: 'Email' }), 'a@b.vn{Enter}')
  expect(await screen.findByText('Cần có họ tên')).toBeInTheDocument()
  expect(core.edits).toEqual([])
  expect(sessionStorage.getItem('quen.draft.quickAdd')).toContain('a@b.vn')
})

it('takes a child with guardian, wish and note as one action with one undo', async () => {
  const { core } = draw()
  await userEvent.type(await screen.findByRole('textbox', { name: 'Họ và tên' }), 'Lê Gia Hân')
  await userEvent.type(screen.getByRole('textbox', { name: 'Ngày sinh' }), '15/3/2014')
  await userEvent.type(screen.getByRole('textbox', { name: 'Quan tâm' }), 'IELTS, lớp tối')
  await userEvent.type(screen.getByRole('textbox', { name: 'Tên phụ huynh' }), 'Trần Thị Mẹ')
  await userEvent.type(screen.getByRole('textbox', { name: 'Số phụ huynh' }), '0912')
  await userEvent.type(screen.getByRole('textbox', { name: 'Ghi chú' }), 'Hỏi lớp tối thứ 3')
  await userEvent.click(screen.getByRole('button', { name: 'Lưu' }))
  await waitFor(() => expect(core.calls.filter((call) => call.name === 'edit')).toHaveLength(1))
  const [child, one, two, mother, link, meeting] = core.edits as Record<string, unknown>[]
  expect(child).toMatchObject({ edit: { do: 'create', facts: expect.arrayContaining([{ field: 'birthOn', value: '2014-03-15' }]) as unknown } })
  expect([one, two]).toMatchObject([{ edit: { do: 'addInterest', label: 'IELTS' } }, { edit: { do: 'addInterest', label: 'lớp tối' } }])
  expect(mother).toMatchObject({ edit: { do: 'create', facts: expect.arrayContaining([{ field: 'kind', value: 'guardian' }]) as unknown } })
  expect(link).toMatchObject({ id: child?.id, edit: { do: 'relate', kind: 'guardian', other: mother?.id } })
  expect(meeting).toMatchObject({ contact: child?.id, edit: { kind: 'meeting', body: 'Hỏi lớp tối thứ 3' } })
})

it('a guardian who is here already is linked, not entered again', async () => {
  const { core } = draw()
  await userEvent.type(await screen.findByRole('textbox', { name: 'Họ và tên' }), 'Lê Gia Hân')
  await userEvent.type(screen.getByRole('textbox', { name: 'Số phụ huynh' }), '0912345')
  await userEvent.click(await screen.findByRole('button', { name: /Chọn làm phụ huynh$/ }))
  await userEvent.click(screen.getByRole('button', { name: 'Lưu' }))
  await waitFor(() => expect(core.edits).toHaveLength(3))
  expect(core.edits[1]).toMatchObject({ edit: { do: 'relate', kind: 'guardian', other: expect.stringMatching(/^01SAMPCT/) as unknown } })
})

it('says so when the birth date cannot be read', async () => {
  const { core } = draw()
  await userEvent.type(await screen.findByRole('textbox', { name: 'Họ và tên' }), 'Lê Gia Hân')
  await userEvent.type(screen.getByRole('textbox', { name: 'Ngày sinh' }), '31/2/2014{Enter}')
  expect(await screen.findByText('Chưa đọc được ngày này')).toBeInTheDocument()
  expect(core.edits).toEqual([])
})
