import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ConflictVersion } from '../../ipc/bindings/ConflictVersion'
import type { ConflictView } from '../../ipc/bindings/ConflictView'
import type { ContactPage } from '../../ipc/bindings/ContactPage'
import type { ContactRow } from '../../ipc/bindings/ContactRow'
import type { TimelineEntry } from '../../ipc/bindings/TimelineEntry'
import { IpcError } from '../../ipc/errors'
import { toasts } from '../../lib/toasts'
import { fakeCore } from '../../testing/fakeCore'
import { drawScreens } from '../../testing/renderApp'
import { samplePage, sampleTimeline } from '../../testing/samplePage'
import { sampleId, samplePeople } from '../../testing/samplePeople'
import { PersonPage } from './PersonPage'

const id = sampleId('CT', 3)

beforeEach(() => {
  sessionStorage.clear()
  toasts.set([])
})

const draw = (core = fakeCore()) => drawScreens({ screens: { '/people/$id': PersonPage, '/people': () => <h1>Danh sách</h1> }, at: `/people/${id}`, core })
const ready = () => screen.findByRole('heading', { name: /Phạm|Nguyễn|Trần|Lê|Bùi|Đỗ|Hồ|Võ|Vũ|Lý|Ngô|Đặng|Dương|Hoàng|Huỳnh|Phan/, level: 1 })

it('logs a call with its outcome and next step in three keys', async () => {
  const { core } = draw()
  await ready()
  await userEvent.keyboard('l2')
  expect(await screen.findByRole('group', { name: 'Rồi làm gì tiếp' })).toBeInTheDocument()
  await userEvent.keyboard('1')
  // The sample person has a call due today: it is the one that was made.
  await waitFor(() => expect(core.edits[0]).toMatchObject({ noun: 'task', contact: id, edit: { do: 'complete', outcome: 'noAnswer', next: { task: { kind: 'call' } } } }))
  expect(core.edits).toHaveLength(1)
})

it('a digit settles a disagreement with who, where and when in sight', async () => {
  const { core } = draw()
  await ready()
  await userEvent.click(screen.getByRole('button', { name: '2 bản' }))
  expect(await screen.findByText(/Laptop chị Hà/)).toBeInTheDocument()
  await userEvent.keyboard('2')
  await waitFor(() => expect(core.edits[0]).toMatchObject({ noun: 'contact', id, edit: { do: 'resolve', field: 'birthOn', value: '2014-05-21' } }))
  await waitFor(() => expect(screen.queryByRole('button', { name: '2 bản' })).toBeNull())
})

it('a note and a task whose words differ are marked where they stand, and a digit settles it', async () => {
  const row = samplePeople(4, Date.now())[3] as ContactRow
  const page = samplePage(row, [], Date.now())
  const [birth] = page.conflicts
  const { contact, versions } = birth as ConflictView
  const call = sampleId('IA', 2)
  const task = page.tasks[0]?.id ?? ''
  const texts = ['Mẹ đang họp, hẹn gọi lại sau 17:00.', 'Mẹ bận.', 'Mẹ gửi lời hỏi thăm.'].map((value) => ({ ...(versions[0] as ConflictVersion), value }))
  const conflicts: ConflictView[] = [
    { contact, field: `interaction.${call}.body`, about: { noun: 'interaction', kind: 'call', atMs: 0 }, versions: texts },
    { contact, field: `task.${task}.title`, about: { noun: 'task', kind: 'call', atMs: null }, versions: [...texts, ...texts.slice(0, 1)] },
  ]
  const { core } = draw(fakeCore({ answers: { 'contact.get': () => ({ ...page, conflicts }) } }))
  await ready()
  const timeline = await screen.findByRole('list', { name: 'Dòng thời gian' })
  await userEvent.click(await within(timeline).findByRole('button', { name: '3 bản' }))
  expect(await screen.findByText(/^Cuộc gọi, .*: nội dung: hai thiết bị ghi khác nhau/)).toBeInTheDocument()
  await userEvent.keyboard('2')
  await waitFor(() => expect(core.edits[0]).toMatchObject({ noun: 'contact', edit: { do: 'resolve', field: `interaction.${call}.body`, value: 'Mẹ bận.' } }))
  expect(screen.getByRole('button', { name: '4 bản' })).toBeInTheDocument()
})

it('a fact is edited where it stands', async () => {
  const { core } = draw()
  await ready()
  await userEvent.click(screen.getByRole('button', { name: /^Địa chỉ/ }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Địa chỉ' }), '12 Nguyễn Trãi{Enter}')
  await waitFor(() => expect(core.edits[0]).toMatchObject({ edit: { do: 'set', field: 'address', value: '12 Nguyễn Trãi' } }))
})

it('whoever may already be here is named while a phone is typed, and opens without saving it', async () => {
  const broughtIntoSight = vi.spyOn(Element.prototype, 'scrollIntoView').mockClear()
  const twin = samplePeople(60, Date.now()).find((row) => row.id !== id) as ContactRow
  const { core, router } = draw(fakeCore({ answers: { 'contact.hint': () => [{ contact: twin, reasons: ['phone'] }] } }))
  await ready()
  const [phone] = screen.getAllByRole('button', { name: /^Số điện thoại/ })
  await userEvent.click(phone as HTMLElement)
  expect(core.calls.some((call) => call.name === 'contact.hint')).toBe(false)
  await userEvent.keyboard('0912345678')
  const hints = await screen.findByRole('status', { name: 'Có thể đã có trong danh sách' })
  expect(broughtIntoSight.mock.contexts).toContain(hints)
  await waitFor(() => expect(core.calls.filter((call) => call.name === 'contact.hint').at(-1)?.args).toEqual({ fullName: '', phone: '0912345678', email: '', except: id }))
  await userEvent.click(await within(hints).findByRole('button'))
  await waitFor(() => expect(router.state.location.pathname).toBe(`/people/${twin.id}`))
  expect(core.edits).toEqual([])
})

it.each([['Email', 'a@b.vn', 'email'], ['Họ và tên', 'Trần Thị Lan', 'fullName']])('a hint is asked for while %s is typed', async (label, typed, key) => {
  const { core } = draw()
  await ready()
  const [field] = screen.getAllByRole('button', { name: new RegExp(`^${label}`) })
  await userEvent.click(field as HTMLElement)
  await userEvent.keyboard(typed)
  await waitFor(() => expect(core.calls.filter((call) => call.name === 'contact.hint').at(-1)?.args).toMatchObject({ [key]: typed, except: id }))
})

it('writes a note, and keeps its draft until it is saved', async () => {
  const { core } = draw()
  await ready()
  await userEvent.keyboard('m')
  const note = screen.getByRole('textbox', { name: 'Ghi chú' })
  await waitFor(() => expect(note).toHaveFocus())
  await userEvent.type(note, 'Mẹ muốn đổi lớp')
  expect(sessionStorage.getItem(`quen.draft.${id}.compose`)).toBe('Mẹ muốn đổi lớp')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(core.edits[0]).toMatchObject({ noun: 'interaction', edit: { do: 'record', kind: 'note', body: 'Mẹ muốn đổi lớp' } }))
  expect(await within(screen.getByRole('list', { name: 'Dòng thời gian' })).findByText('Mẹ muốn đổi lớp')).toBeInTheDocument()
  expect(sessionStorage.getItem(`quen.draft.${id}.compose`)).toBeNull()
})

it('marks late arrivals and unfolds grouped changes', async () => {
  draw()
  await ready()
  // The entry and the remark that came late.
  expect(await screen.findAllByText('đến muộn')).toHaveLength(2)
  await userEvent.click(screen.getByRole('button', { name: /đổi 3 mục/ }))
  expect(screen.getByText('Movers', { selector: 'li *' })).toBeInTheDocument()
})

it('shows the past of a field and brings one value back', async () => {
  const { core } = draw()
  await ready()
  await userEvent.click(screen.getByRole('button', { name: 'Lịch sử: Ngày sinh' }))
  const first = (await screen.findByText(/Nhập danh sách/)).closest('li')
  // Where nothing stood, nothing is struck out.
  expect(first?.firstElementChild?.textContent).toBe('21/05/2013')
  await userEvent.click((await screen.findAllByText('Dùng lại giá trị này'))[1] as HTMLElement)
  await waitFor(() => expect(core.edits[0]).toMatchObject({ edit: { do: 'set', field: 'birthOn', value: '2013-05-21' } }))
})

const written = { atMs: 0, staff: null, device: null, cause: 'person', action: null }

it('a value that was cleared is brought back from the empty field', async () => {
  const { core } = draw(fakeCore({ answers: { 'contact.history': () => [{ ...written, change: { field: 'address', before: ['12 Nguyễn Trãi'], after: '' } }] } }))
  await ready()
  await userEvent.click(screen.getByRole('button', { name: 'Lịch sử: Địa chỉ' }))
  await userEvent.click(await screen.findByText('Dùng lại giá trị đã bỏ'))
  await waitFor(() => expect(core.edits[0]).toMatchObject({ edit: { do: 'set', field: 'address', value: '12 Nguyễn Trãi' } }))
})

it('a phone, a tag and an interest that were taken away are brought back from their headings', async () => {
  const gone = [['phone.9', '+84911222333'], ['tag', 'Bạn cũ'], ['interest', 'TOEIC']] as const
  const { core } = draw(fakeCore({ answers: { 'contact.history': () => gone.map(([field, value]) => ({ ...written, change: { field, before: [value], after: '' } })) } }))
  await ready()
  for (const heading of ['Liên lạc', 'Nhãn', 'Quan tâm']) {
    await userEvent.click(screen.getByRole('button', { name: `Lịch sử: ${heading}` }))
    await userEvent.click(await screen.findByText('Dùng lại giá trị đã bỏ'))
    await waitFor(() => expect(screen.queryByText('Dùng lại giá trị đã bỏ')).toBeNull())
  }
  expect(core.edits).toMatchObject([
    { edit: { do: 'set', field: 'phone.9', value: '+84911222333' } },
    { edit: { do: 'addTag', label: 'Bạn cũ' } },
    { edit: { do: 'addInterest', label: 'TOEIC' } },
  ])
})

it('says so when there is no next step, and takes one', async () => {
  const core = fakeCore()
  const known = await core.call('contact.get', { id })
  const { core: drawn } = draw(fakeCore({ answers: { 'contact.get': () => ({ ...(known as never as object), tasks: [] }) as never } }))
  expect(await screen.findByText('Chưa có bước tiếp theo')).toBeInTheDocument()
  await userEvent.keyboard('n')
  await userEvent.type(await screen.findByRole('textbox', { name: 'Việc cần làm' }), 'Gọi mẹ bé{Enter}')
  await waitFor(() => expect(drawn.edits[0]).toMatchObject({ noun: 'task', edit: { do: 'add', title: 'Gọi mẹ bé', kind: 'call' } }))
})

it('deletes into the bin and goes back to the list', async () => {
  const { core } = draw()
  await ready()
  await userEvent.click(screen.getAllByRole('button', { name: 'Việc khác' })[0] as HTMLElement)
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Bỏ vào thùng rác' }))
  expect(await screen.findByRole('heading', { name: 'Danh sách' })).toBeInTheDocument()
  expect(core.edits[0]).toMatchObject({ edit: { do: 'delete' } })
  expect(screen.getByRole('button', { name: 'Hoàn tác' })).toBeInTheDocument()
})

it('tells where the person stood, for how long and who moved them', async () => {
  draw()
  await ready()
  await userEvent.click(screen.getByRole('button', { name: 'Lịch sử: Tình trạng' }))
  const stays = within(await screen.findByRole('list', { name: 'Các tình trạng đã qua', hidden: true })).getAllByRole('listitem', { hidden: true })
  expect(stays.map((stay) => stay.textContent)).toEqual([
    expect.stringMatching(/^Học thử.*đến nay: chưa tới một ngày/) as unknown,
    expect.stringMatching(/^Đã liên hệ.*59 ngày/) as unknown,
    expect.stringMatching(/^Mới.*30 ngày.*Nhập danh sách/) as unknown,
  ])
})

it('several edits in a row stand in one line that unfolds', async () => {
  draw()
  await ready()
  await userEvent.click(await screen.findByRole('button', { name: 'đổi 4 lần: Trường, Trình độ, Nguồn' }))
  expect(screen.getAllByText('Starters', { selector: 'li *' })).toHaveLength(2)
})

it('each of several edits in a row is taken back by itself, by keys alone', async () => {
  const { core } = draw()
  await ready()
  const fold = await screen.findByRole('button', { name: 'đổi 4 lần: Trường, Trình độ, Nguồn' })
  fold.focus()
  await userEvent.keyboard('{Enter}')
  const steps = screen.getByRole('list', { name: 'Từng lần đổi' })
  expect(within(steps).getAllByRole('button').map((undo) => undo.getAttribute('aria-label'))).toEqual(['Trường', 'Trình độ', 'Trình độ', 'Nguồn'].map((name) => `Hoàn tác: ${name}`))
  for (let at = 0; at < 3; at += 1) await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  expect(await screen.findByText(/^Trả lại như trước lần đổi này/)).toBeInTheDocument()
  await waitFor(() => expect(screen.getByText('Hoàn tác', { selector: 'button *' }).closest('button')).toHaveFocus())
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(core.calls.find((each) => each.name === 'action.undo')?.args).toEqual({ action: sampleId('AC', 42) }))
  expect(await screen.findByText('Đã hoàn tác: Trình độ')).toBeInTheDocument()
})

it('changes count among all that happened, whatever the timeline is narrowed to', async () => {
  const core = fakeCore()
  const page = (await core.call('contact.get', { id })) as ContactPage
  draw(fakeCore({ answers: { 'contact.get': () => ({ ...page, timelineCounts: { call: 2 } }) } }))
  await ready()
  expect(await screen.findByRole('tab', { name: /^Tất cả ?9$/ })).toBeInTheDocument()
  await userEvent.click(screen.getByRole('tab', { name: /^Cuộc gọi ?2$/ }))
  expect(screen.getByRole('tab', { name: /^Tất cả ?9$/ })).toBeInTheDocument()
})

it('a change is taken back from the timeline, after saying how far that reaches', async () => {
  const [, , change] = sampleTimeline(Date.now())
  const entries: TimelineEntry[] = [
    { ...(change as TimelineEntry), key: 'one', action: 'A1' },
    { ...(change as TimelineEntry), key: 'all', action: 'A2', cause: 'import' },
    { ...(change as TimelineEntry), key: 'several', action: null, actions: 4, steps: [] },
  ]
  const { core } = draw(fakeCore({ answers: { 'contact.timeline': () => ({ total: 3, entries }) } }))
  await ready()
  const undos = await screen.findAllByRole('button', { name: 'Hoàn tác thay đổi này' })
  expect(undos).toHaveLength(2)
  await userEvent.click(undos[1] as HTMLElement)
  expect(await screen.findByText(/^Hoàn tác cả lần nhập/)).toBeInTheDocument()
  await userEvent.click(screen.getByText('Thôi', { selector: 'button *' }))
  await waitFor(() => expect(screen.queryByText(/^Hoàn tác cả lần nhập/)).toBeNull())
  await userEvent.click(undos[0] as HTMLElement)
  await userEvent.click(await screen.findByText('Hoàn tác', { selector: 'button *' }))
  await waitFor(() => expect(core.calls.find((each) => each.name === 'action.undo')?.args).toEqual({ action: 'A1' }))
  expect(await screen.findByText('Đã hoàn tác: Tình trạng, Trình độ, Người phụ trách')).toBeInTheDocument()
})

it('asks for what happened at one branch', async () => {
  const { core } = draw()
  await ready()
  await userEvent.click(screen.getByRole('combobox', { name: 'Lọc theo chi nhánh' }))
  await userEvent.click(await screen.findByRole('option', { name: 'Gò Vấp', hidden: true }))
  await waitFor(() => expect(core.calls.filter((call) => call.name === 'contact.timeline').at(-1)?.args).toMatchObject({ branch: sampleId('BR', 1) }))
})

it('an interest is added with what it is about', async () => {
  const { core } = draw()
  await ready()
  expect(screen.getByRole('group', { name: 'Quan tâm' })).toHaveTextContent('Mục tiêuIELTS 6.5')
  await userEvent.click(screen.getByRole('button', { name: 'Thêm vào: Quan tâm' }))
  await userEvent.type(await screen.findByRole('textbox', { name: 'Quan tâm' }), 'Movers tối{Enter}')
  await waitFor(() => expect(core.edits[0]).toMatchObject({ edit: { do: 'addInterest', label: 'Movers tối', kind: 'course' } }))
})

it('a task is changed where it stands, and its moment can be taken away', async () => {
  const { core } = draw()
  await ready()
  await userEvent.click(within(screen.getByRole('complementary', { name: 'Việc và quan hệ' })).getAllByRole('button', { name: 'Việc khác' })[0] as HTMLElement)
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Sửa việc' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Không hẹn giờ' }))
  await userEvent.click(within(screen.getByRole('form', { name: 'Sửa việc' })).getByRole('button', { name: 'Lưu' }))
  await waitFor(() => expect(core.edits[0]).toMatchObject({ noun: 'task', edit: { do: 'change', title: null, dueAtMs: null, isDueCleared: true } }))
})

it('a correction can take the outcome away', async () => {
  const { core } = draw()
  await ready()
  const call = (await screen.findByText('Mẹ đang họp, hẹn gọi lại sau 17:00.')).closest('li') as HTMLElement
  await userEvent.click(within(call).getByRole('button', { name: 'Việc khác' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Sửa' }))
  await userEvent.click(await within(call).findByRole('checkbox', { name: 'Hẹn gọi lại' }))
  await userEvent.click(within(call).getByRole('button', { name: 'Lưu' }))
  await waitFor(() => expect(core.edits[0]).toMatchObject({ noun: 'interaction', edit: { do: 'correct', outcome: '' } }))
})

it('a note is not corrected to nothing', async () => {
  const { core } = draw()
  await ready()
  const note = (await screen.findByText(/^Phụ huynh muốn xếp hai chị em cùng ca/)).closest('li') as HTMLElement
  await userEvent.click(within(note).getByRole('button', { name: 'Việc khác' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Sửa' }))
  await userEvent.clear(await within(note).findByRole('textbox', { name: 'Sửa' }))
  expect(within(note).getByText('Không được để trống.')).toBeInTheDocument()
  expect(within(note).getByRole('button', { name: 'Lưu' })).toBeDisabled()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  expect(core.edits).toEqual([])
})

it('an entry of an import says who, what and why with room between them', async () => {
  const [first] = sampleTimeline(Date.now())
  const made: TimelineEntry = { ...(first as TimelineEntry), key: 'made', kind: 'created', interaction: null, comments: [], outcome: null, direction: null, body: '', cause: 'import' }
  draw(fakeCore({ answers: { 'contact.timeline': () => ({ total: 1, entries: [made] }) } }))
  await ready()
  const timeline = await screen.findByRole('list', { name: 'Dòng thời gian' })
  await waitFor(() => expect(timeline.textContent).toContain(`${made.staff?.name} Vào danh sách Nhập danh sách`))
})

it('a kind that has no tab is chosen from the others and then has one', async () => {
  const { core } = draw()
  await ready()
  await userEvent.click(screen.getByRole('button', { name: 'Loại khác' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Thư' }))
  expect(screen.getByRole('tab', { name: 'Thư', selected: true })).toBeInTheDocument()
  await userEvent.type(screen.getByRole('textbox', { name: 'Thư' }), 'Gửi giấy báo học phí')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(core.edits[0]).toMatchObject({ noun: 'interaction', edit: { do: 'record', kind: 'letter' } }))
})

it('somebody who is not there any more leaves a way back to the list', async () => {
  draw(fakeCore({ answers: { 'contact.get': () => { throw new IpcError('not_found', 'no such contact') } } }))
  expect(await screen.findByRole('heading', { name: 'Không tìm thấy người này' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Thử lại' })).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Về danh sách' }))
  expect(await screen.findByRole('heading', { name: 'Danh sách' })).toBeInTheDocument()
})
