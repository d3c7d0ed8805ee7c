import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { toasts } from '../../lib/toasts'
import { fakeCore } from '../../testing/fakeCore'
import { drawScreens } from '../../testing/renderApp'
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
  await waitFor(() => expect(core.edits).toHaveLength(1))
  expect(core.edits[0]).toMatchObject({ noun: 'contact', edit: { do: 'create', facts: expect.arrayContaining([
    { field: 'fullName', value: 'Lê Văn Tám' }, { field: 'phone.1', value: '0912345678' }, { field: 'kind', value: 'lead' }, { field: 'status', value: 'new' },
  ]) as unknown } })
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

it('asks for a name and keeps what was typed', async () => {
  const { core } = draw()
  await userEvent.type(await screen.findByRole('textbox', { name: 'Email' }), 'a@b.vn{Enter}')
  expect(await screen.findByText('Cần có họ tên')).toBeInTheDocument()
  expect(core.edits).toEqual([])
  expect(sessionStorage.getItem('quen.draft.quickAdd')).toContain('a@b.vn')
})
