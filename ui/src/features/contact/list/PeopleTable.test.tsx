import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { fakeCore } from '../../../testing/fakeCore'
import { drawScreens } from '../../../testing/renderApp'
import { PeoplePage } from '../PeoplePage'
import { openView } from './listState'

/** A window whose width changes while it is open. */
function windowOf() {
  const told = new Set<(event: { matches: boolean }) => void>()
  let isNarrow = false
  vi.spyOn(window, 'matchMedia').mockImplementation((query) => ({
    media: query,
    get matches() {
      return isNarrow && query.includes('max-width')
    },
    addEventListener: (_: string, listener: (event: { matches: boolean }) => void) => void (query.includes('max-width') && told.add(listener)),
    removeEventListener: (_: string, listener: (event: { matches: boolean }) => void) => void told.delete(listener),
  }) as unknown as MediaQueryList)
  return (narrow: boolean) => act(() => {
    isNarrow = narrow
    told.forEach((tell) => tell({ matches: narrow }))
  })
}

afterEach(() => vi.restoreAllMocks())

it('who was chosen while the window was wide can be changed and left when it is narrow', async () => {
  openView(null)
  const narrow = windowOf()
  drawScreens({ screens: { '/people': PeoplePage }, at: '/people', core: fakeCore() })
  const table = await screen.findByRole('grid', { name: 'Mọi người' })
  await within(table).findAllByRole('row', { selected: false })
  await userEvent.click(screen.getByRole('checkbox', { name: 'Chọn tất cả' }))
  narrow(true)
  await waitFor(() => expect(within(table).getAllByRole('columnheader').length).toBeLessThan(5))
  const [, first] = within(table).getAllByRole('checkbox')
  await userEvent.click(first as HTMLElement)
  expect(screen.getByRole('toolbar')).toHaveTextContent('59')
  await userEvent.click(within(screen.getByRole('toolbar')).getByRole('button', { name: 'Bỏ chọn' }))
  await waitFor(() => expect(screen.queryByRole('toolbar')).toBeNull())
  expect(within(table).queryAllByRole('checkbox')).toHaveLength(0)
})
