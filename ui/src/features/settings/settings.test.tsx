import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { Session } from '../../ipc/bindings/Session'
import { IpcError } from '../../ipc/errors'
import { doneActions } from '../../ipc/undo'
import { toasts } from '../../lib/toasts'
import { fakeCore, type Answers } from '../../testing/fakeCore'
import { drawScreens } from '../../testing/renderApp'
import { sampleDefinitions } from '../../testing/samplePeople'
import { SettingsPage } from './SettingsPage'

beforeEach(() => {
  sessionStorage.clear()
  toasts.set([])
  doneActions.set([])
})

/** Opens one part of the settings. */
async function open(tab: string, answers: Answers = {}) {
  const { core } = drawScreens({ screens: { '/settings': SettingsPage }, at: '/settings', core: fakeCore({ answers }) })
  await userEvent.click(await screen.findByRole('tab', { name: new RegExp(`^${tab}`) }))
  return core
}

const refuse = (code: string, fields = {}): Answers => ({
  edit: () => {
    throw new IpcError(code, 'refused', fields)
  },
})
/** Chooses in one of the boxes beside the name. */
const choose = async (box: string, label: string) => {
  const field = screen.getByRole('combobox', { name: box })
  await userEvent.click(field)
  const list = document.getElementById(field.getAttribute('aria-controls') ?? '')
  await userEvent.click(within(list as HTMLElement).getByRole('option', { name: label, hidden: true }))
}
const nameField = (label: string) => screen.findByRole('textbox', { name: label })

it('a branch is added by its name alone, and the line is ready for the next', async () => {
  const core = await open('Chi nhánh')
  const name = await nameField('Thêm chi nhánh')
  await userEvent.type(name, '  Bình Thạnh {Enter}')
  await waitFor(() => expect(core.edits).toMatchObject([{ noun: 'definition', edit: { do: 'branch', name: 'Bình Thạnh' } }]))
  expect(await screen.findByText('Đã thêm Bình Thạnh')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Hoàn tác' })).toBeInTheDocument()
  await waitFor(() => expect(name).toHaveValue(''))
  expect(name).toHaveFocus()
  await userEvent.type(name, 'Tân Bình{Enter}')
  await waitFor(() => expect(core.edits).toHaveLength(2))
  expect(new Set(core.edits.map((edit) => (edit.noun === 'definition' ? edit.id : ''))).size).toBe(2)
})

it('a member of staff is added with a role and a branch', async () => {
  const core = await open('Nhân viên')
  await userEvent.type(await nameField('Thêm nhân viên'), 'Đỗ Thị Ngân')
  const [, second] = sampleDefinitions.branches
  await choose('Vai trò', 'Giáo viên')
  await choose('Chi nhánh', second?.name ?? '')
  await userEvent.click(screen.getByRole('button', { name: 'Thêm nhân viên' }))
  await waitFor(() => expect(core.edits).toMatchObject([{ edit: { do: 'staff', name: 'Đỗ Thị Ngân', role: 'teacher', branch: second?.id } }]))
})

it('who leaves is retired from the menu of the line', async () => {
  const core = await open('Nhân viên')
  const member = sampleDefinitions.staff[1]
  await userEvent.click(await screen.findByRole('button', { name: `Việc khác với ${member?.name}` }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Cho nghỉ' }))
  await waitFor(() => expect(core.edits).toMatchObject([{ noun: 'definition', id: member?.id, edit: { do: 'archive' } }]))
})

it('a field of the centre is added with its kind, and one of choices not without any', async () => {
  const core = await open('Trường riêng')
  const name = await nameField('Thêm trường')
  await userEvent.type(name, 'Cân nặng{Enter}')
  await waitFor(() => expect(core.edits).toMatchObject([{ edit: { do: 'field', label: 'Cân nặng', kind: 'text', choices: [] } }]))
  await choose('Kiểu giá trị', 'Chọn một')
  await userEvent.type(name, 'Ca mong muốn{Enter}')
  expect(await screen.findByText('Thêm ít nhất một lựa chọn: gõ rồi Enter.')).toBeInTheDocument()
  expect(core.edits).toHaveLength(1)
  await userEvent.type(screen.getByRole('combobox', { name: 'Các lựa chọn' }), 'Sáng{Enter}Tối{Enter}')
  await userEvent.click(screen.getByRole('button', { name: 'Thêm trường' }))
  await waitFor(() => expect(core.edits[1]).toMatchObject({ edit: { do: 'field', label: 'Ca mong muốn', kind: 'choice', choices: ['Sáng', 'Tối'] } }))
})

it('a tag is added, and one that is there already is said to be there', async () => {
  const core = await open('Nhãn')
  const name = await nameField('Thêm nhãn')
  const [known] = sampleDefinitions.tags
  await userEvent.type(name, `${known?.label.toUpperCase()}{Enter}`)
  expect(await screen.findByText(`Đã có ${known?.label}. Chọn tên khác.`)).toBeInTheDocument()
  expect(core.edits).toEqual([])
  await userEvent.clear(name)
  await userEvent.type(name, 'Đóng theo quý{Enter}')
  await waitFor(() => expect(core.edits).toMatchObject([{ edit: { do: 'tag', label: 'Đóng theo quý' } }]))
})

it.each([
  ['Chi nhánh', 'Thêm chi nhánh', 'too_long', 'Chữ quá dài. Rút ngắn rồi lưu lại.'],
  ['Nhân viên', 'Thêm nhân viên', 'not_allowed', 'Vai trò của thiết bị này không được làm việc này. Hãy nhờ quản lý.'],
  ['Trường riêng', 'Thêm trường', 'disk_full', 'Đĩa đã đầy. Thay đổi vừa rồi chưa lưu; giải phóng chỗ rồi lưu lại.'],
  ['Nhãn', 'Thêm nhãn', 'required', 'Không được để trống.'],
])('%s: what the core refuses is said where it was typed, and stays there', async (tab, label, code, words) => {
  await open(tab, refuse(code))
  const name = await nameField(label)
  await userEvent.type(name, 'Tên mới{Enter}')
  expect(await screen.findByText(words)).toBeInTheDocument()
  expect(name).toHaveValue('Tên mới')
  expect(name).toBeInvalid()
  expect(toasts.get()).toEqual([])
  await userEvent.type(name, '!')
  expect(screen.queryByText(words)).toBeNull()
})

it.each([['Chi nhánh', 'Thêm chi nhánh'], ['Nhân viên', 'Thêm nhân viên'], ['Trường riêng', 'Thêm trường'], ['Nhãn', 'Thêm nhãn']])('%s: nothing without a name', async (tab, label) => {
  const core = await open(tab)
  await userEvent.type(await nameField(label), '   {Enter}')
  expect(screen.getByRole('button', { name: label })).toBeDisabled()
  expect(core.edits).toEqual([])
})

it('a name that is refused when it is changed says why beside it', async () => {
  await open('Chi nhánh', refuse('too_long'))
  const [branch] = sampleDefinitions.branches
  await userEvent.click(await screen.findByRole('button', { name: `Tên chi nhánh ${branch?.name}` }))
  await userEvent.keyboard('Cơ sở mới{Enter}')
  expect(await screen.findByText('Chữ quá dài. Rút ngắn rồi lưu lại.')).toBeInTheDocument()
  expect(screen.getByRole('textbox', { name: 'Tên chi nhánh' })).toHaveValue('Cơ sở mới')
})

it('who manages nothing sees what there is and adds nothing', async () => {
  const session = (await fakeCore().call('session.get', {})) as Session
  await open('Nhân viên', { 'session.get': () => ({ ...session, role: 'staff' }) })
  const [member] = sampleDefinitions.staff
  expect(await screen.findByText(member?.name ?? '')).toBeInTheDocument()
  for (const tab of ['Chi nhánh', 'Trường riêng', 'Nhãn', 'Nhân viên']) {
    await userEvent.click(screen.getByRole('tab', { name: new RegExp(`^${tab}`) }))
    const part = screen.getByRole('region', { name: tab })
    expect(within(part).queryByRole('button', { name: /^Thêm/ })).toBeNull()
    expect(within(part).queryByRole('button', { name: /Thôi dùng|^Việc khác/ })).toBeNull()
  }
})
