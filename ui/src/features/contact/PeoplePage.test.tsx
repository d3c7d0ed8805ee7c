import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ContactRow } from '../../ipc/bindings/ContactRow'
import { toasts } from '../../lib/toasts'
import { fakeCore } from '../../testing/fakeCore'
import { drawScreens } from '../../testing/renderApp'
import { samplePeople } from '../../testing/samplePeople'
import { listState, openView } from './list/listState'
import { PeoplePage } from './PeoplePage'

const Person = () => <h1>Trang một người</h1>
const screens = { '/people': PeoplePage, '/people/$id': Person, '/people/bin': () => <h1>Thùng</h1>, '/import': () => null }

beforeEach(() => {
  sessionStorage.clear()
  toasts.set([])
  openView(null)
  listState.set((state) => ({ ...state, total: 0 }))
})

const draw = (core = fakeCore()) => drawScreens({ screens, at: '/people', core })
const table = () => screen.findByRole('grid', { name: 'Mọi người' })
const rows = async () => within(await table()).findAllByRole('row', { selected: false })

it('shows everyone with the count', async () => {
  draw()
  expect((await rows()).length).toBeGreaterThan(10)
  expect(screen.getByRole('heading', { name: 'Mọi người' }).parentElement).toHaveTextContent('60')
})

it('one press asks for those without contact for 14 days', async () => {
  const { core } = draw()
  await rows()
  await userEvent.click(screen.getByRole('button', { name: 'Chưa liên hệ 14 ngày' }))
  await waitFor(() => {
    const last = core.calls.filter((call) => call.name === 'contact.list').at(-1)
    expect(last?.args).toMatchObject({ view: { filter: { is: 'all', of: [{ is: 'rule', field: 'lastInteractionAt', op: 'olderThanDays', value: 14 }] } } })
  })
  expect(screen.getByRole('button', { name: 'Bỏ điều kiện: Chưa liên hệ 14 ngày' })).toBeInTheDocument()
})

it('sets the status of all that match, not only of those in sight', async () => {
  const { core } = draw(fakeCore({ people: 300 }))
  await rows()
  await userEvent.click(screen.getByRole('checkbox', { name: 'Chọn tất cả' }))
  expect(screen.getByRole('toolbar')).toHaveTextContent('Đã chọn 300')
  await userEvent.click(within(screen.getByRole('toolbar')).getByRole('button', { name: 'Tình trạng' }))
  await userEvent.click(await screen.findByRole('option', { name: 'Học thử' }))
  await waitFor(() => expect(core.calls.find((call) => call.name === 'bulk.run')?.args).toMatchObject({
    selection: { which: 'matching', except: [] },
    change: { do: 'set', field: 'status', value: 'trial' },
  }))
  expect(await screen.findByText('Tình trạng: Học thử · 300 người')).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Hoàn tác' })).toBeInTheDocument()
})

it('says of very many people how many it changed only when the work has ended', async () => {
  const looks = [0, 2_000]
  const { core } = draw(fakeCore({ people: 300, answers: {
    'bulk.run': () => ({ action: null, count: 0, job: 'j1' }),
    'job.get': () => {
      const done = looks.shift()
      const view = { id: 'j1', kind: 'bulk', total: 2_100, error: null }
      return done === undefined
        ? { ...view, state: 'done', done: 2_100, did: { action: 'a1', count: 2_100, skipped: 0 } }
        : { ...view, state: 'running', done, did: null }
    },
  } }))
  await rows()
  await userEvent.click(screen.getByRole('checkbox', { name: 'Chọn tất cả' }))
  await userEvent.click(within(screen.getByRole('toolbar')).getByRole('button', { name: 'Tình trạng' }))
  await userEvent.click(await screen.findByRole('option', { name: 'Học thử' }))
  expect(await screen.findByText('2.000 / 2.100', {}, { timeout: 3_000 })).toBeInTheDocument()
  expect(await screen.findByText('Tình trạng: Học thử · 2.100 người', {}, { timeout: 3_000 })).toBeInTheDocument()
  expect(core.calls.filter((call) => call.name === 'job.get')).toHaveLength(3)
})

it('E edits the first cell, Tab saves and goes on to the next', async () => {
  const { core } = draw()
  await rows()
  await userEvent.keyboard('e')
  const field = await screen.findByRole('textbox', { name: 'Họ và tên' })
  await userEvent.clear(field)
  await userEvent.type(field, 'Trần Thị Mới{Tab}')
  await waitFor(() => expect(core.edits[0]).toMatchObject({ noun: 'contact', edit: { do: 'set', field: 'fullName', value: 'Trần Thị Mới' } }))
  expect(await screen.findByRole('textbox', { name: 'Tình trạng' })).toHaveFocus()
})

it('Enter opens the person the keys stand on', async () => {
  const { router } = draw()
  await rows()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(await screen.findByRole('heading', { name: 'Trang một người' })).toBeInTheDocument()
  expect(router.state.location.pathname).toMatch(/^\/people\/01SAMPCT/)
})

it('a dialog that was left gives the keys back to the list', async () => {
  const { router } = draw()
  await rows()
  await waitFor(() => expect(screen.getByRole('grid')).toHaveFocus())
  for (const key of ['s', 't', '{Delete}']) {
    await userEvent.keyboard(key)
    await screen.findByRole('dialog')
    await waitFor(() => expect(screen.getByRole('grid')).not.toHaveFocus())
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
    await waitFor(() => expect(screen.getByRole('grid')).toHaveFocus())
  }
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/people\/01SAMPCT/))
})

it('groups by status with counts and folds a group away', async () => {
  draw()
  await rows()
  await userEvent.click(screen.getByRole('tab', { name: 'Theo tình trạng' }))
  const heading = await screen.findByRole('rowheader', { name: /Đang học/ })
  expect(heading).toHaveAttribute('aria-expanded', 'true')
  await userEvent.click(heading)
  expect(screen.getByRole('rowheader', { name: /Đang học/ })).toHaveAttribute('aria-expanded', 'false')
})

it('an empty centre offers to import or to add', async () => {
  draw(fakeCore({ people: 0 }))
  expect(await screen.findByRole('heading', { name: 'Chưa có ai' })).toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Nhập danh sách' })).toBeInTheDocument()
})

it('saves what is shown as a shared view', async () => {
  const { core } = draw()
  await rows()
  await userEvent.click(screen.getByRole('button', { name: 'Chưa có việc tiếp theo' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Lưu thành danh sách mới' }))
  await userEvent.type(await screen.findByRole('textbox', { name: 'Tên danh sách' }), 'Cần gọi')
  await userEvent.click(screen.getByRole('checkbox', { name: 'Mọi người cùng thấy' }))
  await userEvent.click(screen.getByRole('button', { name: 'Lưu' }))
  await waitFor(() => expect(core.edits[0]).toMatchObject({ noun: 'definition', edit: { do: 'view', name: 'Cần gọi', staff: null, isPinned: true } }))
})

it('the filter builder stays open while a condition is chosen from its floating list', async () => {
  draw()
  await rows()
  await userEvent.keyboard('f')
  await userEvent.click(await screen.findByText('Thêm điều kiện'))
  await userEvent.click(await screen.findByText('Liên hệ lần cuối', { selector: '[role=menuitem] *' }))
  expect(await screen.findByRole('button', { name: 'Bỏ điều kiện: Đã liên hệ trong 14 ngày qua' })).toBeInTheDocument()
  expect(screen.getByText('Thêm điều kiện')).toBeInTheDocument()
})

it('opens a list that ships, which can be changed for now but not removed', async () => {
  const { core } = draw()
  await rows()
  await userEvent.click(screen.getByRole('button', { name: 'Có sẵn' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Đang học thử' }))
  await waitFor(() => {
    const last = core.calls.filter((call) => call.name === 'contact.list').at(-1)
    expect(last?.args).toMatchObject({ view: { filter: { of: [{ field: 'status', value: ['trial'] }] } } })
  })
  expect(screen.getByRole('tab', { name: 'Đang học thử', selected: true })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: /Việc với danh sách/ })).toBeNull()
})

it('the age and the birthday of a person can stand in the list', async () => {
  listState.set((state) => ({ ...state, spec: { ...state.spec, columns: ['fullName', 'honorific', 'age', 'birthday'] } }))
  const born = new Date()
  const birthOn = `${born.getFullYear() - 9}-01-01`
  const [row] = samplePeople(1, Date.now())
  draw(fakeCore({ answers: { 'contact.list': () => ({ total: 1, offset: 0, rows: [{ ...(row as ContactRow), birthOn, honorific: 'bé' }], groups: [] }) } }))
  const cells = within(await table()).findAllByRole('gridcell')
  expect((await cells).map((cell) => cell.textContent).filter(Boolean).slice(-3)).toEqual(['bé', '9', '01/01'])
})
