import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { Definitions } from '../ipc/bindings/Definitions'
import type { Session } from '../ipc/bindings/Session'
import type { ViewSpec } from '../ipc/bindings/ViewSpec'
import type { TodayView } from '../ipc/bindings/TodayView'
import { createQueryClient } from '../ipc/queryClient'
import { doneActions } from '../ipc/undo'
import { ThemeProvider } from '../kit/theme/ThemeProvider'
import { Toasts } from '../kit/Toasts'
import { startTranslation } from '../lib/i18n'
import { toasts } from '../lib/toasts'
import { answerWith } from '../testing/render'
import { createAppRouter } from './router'
import { overlay } from './shellState'
import { keyLines } from './KeySheet'

const session: Session = {
  stage: 'ready',
  centre: 'Sao Mai',
  device: 'ab',
  deviceName: 'Quầy',
  role: 'owner',
  staff: null,
  branches: [],
  isSample: false,
  hasPassphrase: false,
  version: '0',
  fingerprint: null,
  stopped: null,
  kit: null,
  settings: { language: 'vi', theme: 'light', density: 'comfortable', areNotificationsOn: true, relayUrl: null },
}
const definitions: Definitions = { branches: [], staff: [], tags: [], fields: [], views: [], sources: [], levels: [], schools: [] }
const lan = { id: '01LAN', fullName: 'Trần Thị Lan', kind: 'lead', phone: '+84912345678', branch: null }
const today: TodayView = {
  overdue: [{ id: '01TASK', contact: lan, kind: 'call', title: 'Gọi lại', dueAtMs: Date.now() - 86_400_000, owner: null, repeat: null, outcome: null, doneAtMs: null, commentCount: 0 }],
  dueToday: [],
  upcoming: [],
  overdueTotal: 1,
  dueTodayTotal: 0,
  upcomingTotal: 0,
  birthdays: [],
  newContacts: [],
  newContactsTotal: 0,
  withoutNextStep: [],
  withoutNextStepTotal: 0,
  mentions: [],
}

async function open(more: Record<string, unknown> = {}) {
  localStorage.clear()
  overlay.set(null)
  toasts.set([])
  doneActions.set([])
  startTranslation('vi')
  const core = answerWith({
    'session.get': session,
    'definition.list': definitions,
    'task.today': today,
    'contact.list': ({ view }: { view: ViewSpec }) => ({ total: JSON.stringify(view.filter).includes('owner') ? 42 : 60, offset: 0, rows: [], groups: [] }),
    'conflict.list': { total: 2, rows: [] },
    'duplicate.count': { count: 3 },
    'contact.search': [{ contact: lan, matched: 'name', text: 'Trần Thị Lan', status: null }],
    'sync.status': { state: 'synced', waiting: 0, offlineSinceMs: null, syncedAtMs: 0, lastHeard: [], quarantined: 0, heldBack: 0, notice: null, stopped: null, relayUrl: null },
    'device.list': [],
    'invite.list': [],
    'join.list': [],
    edit: { action: '01ACTION' },
    'action.undo': { action: null, restored: 1, skipped: 0, job: null },
    ...more,
  })
  const router = createAppRouter(createMemoryHistory({ initialEntries: ['/today'] }))
  render(
    <ThemeProvider>
      <QueryClientProvider client={createQueryClient()}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </ThemeProvider>,
  )
  await screen.findByText('Gọi lại')
  return { ...core, router }
}

it('people whom nobody looks after are offered on Today, and open as a list to give out', async () => {
  const { asked } = await open()
  await userEvent.click(await screen.findByRole('link', { name: /42 người chưa có ai phụ trách/ }))
  await waitFor(() => expect(asked.some(({ name, args }) => name === 'contact.list' && JSON.stringify(args).includes('isEmpty') && (args as { limit: number }).limit > 1)).toBe(true))
})

it('counts what waits beside the places', async () => {
  await open()
  const nav = screen.getAllByRole('navigation')[0] as HTMLElement
  expect(await within(nav).findByText('5')).toBeInTheDocument()
  expect(within(nav).getByText('Đã đồng bộ')).toBeInTheDocument()
})

it('a screen that went gives its focus to the next one', async () => {
  await open()
  const add = screen.getAllByRole('button', { name: 'Thêm người' }).find((each) => each.closest('main'))
  add?.focus()
  expect(add).toHaveFocus()
  await userEvent.keyboard('gs')
  await waitFor(() => expect(screen.getByRole('main')).toHaveFocus())
})

it('G then S goes to sync', async () => {
  const { router } = await open()
  await userEvent.keyboard('gs')
  await waitFor(() => expect(router.state.location.pathname).toBe('/sync'))
})

it('the palette finds a person and shows the keys of the screen', async () => {
  await open()
  await userEvent.keyboard('{Control>}k{/Control}')
  const field = await screen.findByRole('combobox')
  await userEvent.type(field, 'tran thi lan')
  expect(await screen.findByRole('option', { name: /Trần Thị Lan/ })).toBeInTheDocument()
})

it('letters that come before the palette or the form stands are its own, and no keys of the page', async () => {
  const { router } = await open()
  const fast = userEvent.setup({ delay: null })
  await fast.keyboard('{Control>}k{/Control}gr{Backspace}iang')
  expect(await screen.findByRole('combobox')).toHaveValue('giang')
  expect(router.state.location.pathname).toBe('/today')
  await fast.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await fast.keyboard('cLan')
  const form = await screen.findByRole('dialog', { name: 'Thêm người' })
  await waitFor(() => expect(within(form).getAllByRole('textbox')[0]).toHaveValue('Lan'))
})

it('the question mark shows keys of the screen and of the frame', async () => {
  await open()
  await userEvent.keyboard('?')
  const sheet = await screen.findByRole('dialog')
  expect(within(sheet).getByText('Thêm người')).toBeInTheDocument()
  expect(within(sheet).getByText('Dời sang mai')).toBeInTheDocument()
})

it('a call ends in three keys, and Ctrl-Z takes it back', async () => {
  const { asked } = await open()
  await userEvent.keyboard('d')
  expect(await screen.findByText('Kết quả thế nào?')).toBeInTheDocument()
  await userEvent.keyboard('2')
  await userEvent.keyboard('1')
  await screen.findByText('Đã xong: Gọi lại')
  expect(asked.find((each) => each.name === 'edit')?.args).toMatchObject({
    edits: [{ noun: 'task', contact: '01LAN', id: '01TASK', edit: { do: 'complete', outcome: 'noAnswer', next: { task: { kind: 'call' } } } }],
  })
  await userEvent.keyboard('{Control>}z{/Control}')
  await screen.findByText('Đã hoàn tác: Đã xong: Gọi lại')
  expect(asked.find((each) => each.name === 'action.undo')?.args).toEqual({ action: '01ACTION' })
})

it('keys that do the same stand in one line of the sheet', () => {
  const action = (id: string, label: string, shortcut: string) => ({ id, label, group: 'Hôm nay', shortcut, run: () => undefined })
  expect(keyLines([action('a', 'Xuống', 'j'), action('b', 'Xong', 'd'), action('c', 'Xuống', 'arrowdown')])).toEqual([
    ['Hôm nay', [{ label: 'Xuống', shortcuts: ['j', 'arrowdown'] }, { label: 'Xong', shortcuts: ['d'] }]],
  ])
})

it('keys that a list hears itself stand in the sheet too', () => {
  const open = { id: 'list.open', label: 'Mở dòng này', group: 'Danh sách', alsoKeys: ['enter'], run: () => undefined }
  expect(keyLines([open])).toEqual([['Danh sách', [{ label: 'Mở dòng này', shortcuts: ['enter'] }]]])
})

it('a device that has joined asks who uses it, once', async () => {
  const ha = { id: 's1', name: 'Nguyễn Thị Minh Hà', branch: null, role: 'staff', isActive: true }
  const gone = { id: 's2', name: 'Phạm Văn Ổn', branch: null, role: 'staff', isActive: false }
  const { asked } = await open({
    'definition.list': { ...definitions, staff: [ha, gone] },
    'session.signIn': { ...session, staff: 's1' },
  })
  await userEvent.click(await screen.findByRole('button', { name: 'Chọn tên của bạn' }))
  expect(screen.queryByRole('menuitem', { name: /Phạm Văn Ổn/ })).toBeNull()
  await userEvent.click(await screen.findByRole('menuitem', { name: /Nguyễn Thị Minh Hà/ }))
  expect(asked.filter(({ name }) => name === 'session.signIn').map(({ args }) => args)).toEqual([{ staff: 's1' }])
})

describe('a centre without a recovery kit', () => {
  const settings = { ...session.settings, relayUrl: 'https://relay.saomai.vn' }
  const missing = { 'session.get': { ...session, settings, kit: 'missing' } }

  it('is told so on the page of the day, until it is put off', async () => {
    const { router } = await open(missing)
    await userEvent.click(await screen.findByRole('link', { name: 'Tạo bộ khôi phục' }))
    await waitFor(() => expect(router.state.location.pathname).toBe('/sync'))
    expect(screen.queryByRole('button', { name: 'Để sau' })).toBeNull()
    await userEvent.keyboard('gt')
    await userEvent.click(await screen.findByRole('button', { name: 'Để sau' }))
    expect(screen.queryByText(/chưa có bộ khôi phục/)).toBeNull()
  })

  it('is told to make a new one once it was used', async () => {
    await open({ 'session.get': { ...session, settings, kit: 'used' } })
    expect(await screen.findByText('Bộ khôi phục đã được dùng. Hãy tạo bộ mới.')).toBeInTheDocument()
  })

  it('is left alone before it has a relay, and where one lies ready', async () => {
    await open({ 'session.get': { ...session, kit: 'missing' } })
    expect((await screen.findAllByText('Sao Mai')).length).toBeGreaterThan(0)
    expect(screen.queryByRole('button', { name: 'Để sau' })).toBeNull()
    await open({ 'session.get': { ...session, settings, kit: 'ready' } })
    expect(screen.queryByRole('button', { name: 'Để sau' })).toBeNull()
  })
})
