import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ContactRow } from '../../ipc/bindings/ContactRow'
import { toasts } from '../../lib/toasts'
import { fakeCore } from '../../testing/fakeCore'
import { drawScreens } from '../../testing/renderApp'
import { samplePage } from '../../testing/samplePage'
import { samplePeople } from '../../testing/samplePeople'
import { BinPage } from './BinPage'
import { PersonPage } from './PersonPage'

const day = 86_400_000
const now = Date.now()
const [lan, duc] = samplePeople(2, now) as [ContactRow, ContactRow]
const removedAt = { [lan.id]: now - 17.5 * day, [duc.id]: now - 29.5 * day }

beforeEach(() => toasts.set([]))

/** A bin out of which whoever is restored goes. */
function binned() {
  const core = fakeCore({
    answers: {
      'contact.bin': () => {
        const back = new Set(core.edits.map((edit) => (edit.noun === 'contact' && edit.edit.do === 'restore' ? edit.id : '')))
        const rows = [lan, duc].filter((row) => !back.has(row.id)).map((row) => ({ ...row, deletedAtMs: removedAt[row.id] ?? now }))
        return { total: rows.length, offset: 0, rows }
      },
      'contact.get': ({ id }) => ({ ...samplePage(id === lan.id ? lan : duc, [], now), deletedAtMs: removedAt[id] ?? null }),
    },
  })
  return core
}

const screens = { '/people/bin': BinPage, '/people/$id': PersonPage, '/people': () => <h1>Danh sách</h1> }
const open = (at = '/people/bin') => drawScreens({ screens, at, core: binned() })
const lineOf = async (row: ContactRow) => (await screen.findByText(row.fullName)).closest('[role="row"]') as HTMLElement

it('says of everyone in the bin how long they can be taken back', async () => {
  const { core } = open()
  expect(await within(await lineOf(lan)).findByText('12 ngày')).toBeInTheDocument()
  expect(await within(await lineOf(duc)).findByText('chưa tới một ngày')).toBeInTheDocument()
  expect(core.calls.some((call) => call.name === 'contact.get')).toBe(false)
})

it('takes one person back, says so and leaves the others', async () => {
  const { core } = open()
  await userEvent.click(within(await lineOf(lan)).getByRole('button', { name: 'Lấy lại' }))
  expect(await screen.findByText(`Đã lấy lại ${lan.fullName}`)).toBeInTheDocument()
  expect(core.edits).toEqual([{ noun: 'contact', id: lan.id, edit: { do: 'restore' } }])
  await waitFor(() => expect(within(screen.getByRole('grid')).queryByText(lan.fullName)).toBeNull())
  expect(within(screen.getByRole('grid')).getByText(duc.fullName)).toBeInTheDocument()
})

it('the page of somebody in the bin says how long they stay', async () => {
  open(`/people/${lan.id}`)
  expect(await screen.findByText('Người này đang nằm trong thùng rác. Còn lấy lại được: 12 ngày.')).toBeInTheDocument()
})

it('on a narrow screen everyone can be taken back without scrolling aside', async () => {
  vi.spyOn(window, 'matchMedia').mockImplementation((query) => ({ media: query, matches: query.includes('max-width'), addEventListener: () => undefined, removeEventListener: () => undefined }) as unknown as MediaQueryList)
  open()
  await lineOf(lan)
  await waitFor(() => expect(screen.getAllByRole('columnheader').map((head) => head.textContent)).toEqual(['Họ và tên', 'Còn lại', '']))
  vi.restoreAllMocks()
})
