import { screen } from '@testing-library/react'
import type { SyncStatus } from '../../ipc/bindings/SyncStatus'
import { answerWith, draw } from '../../testing/render'
import { sampleDefinitions } from '../../testing/samplePeople'
import { StatusSection } from './StatusSection'

vi.mock('@tanstack/react-router', () => ({ Link: ({ to, children }: { to: string; children: React.ReactNode }) => <a href={to}>{children}</a> }))

const status: SyncStatus = {
  state: 'stopped', waiting: 3, offlineSinceMs: null, syncedAtMs: null, lastHeard: [], quarantined: 0, heldBack: 0, notice: null,
  stopped: 'not_a_relay', relayUrl: 'https://relay.saomai.vn/',
}
const show = (part: Partial<SyncStatus> = {}) => {
  answerWith({ 'definition.list': sampleDefinitions })
  draw(<StatusSection status={{ ...status, ...part }} />)
}

it('an address behind which no relay is, is named, with the way to another one', () => {
  show()
  expect(screen.getByRole('alert')).toHaveTextContent('relay.saomai.vn')
  expect(screen.getByRole('link', { name: 'Sửa địa chỉ trong Cài đặt' })).toHaveAttribute('href', '/settings')
})

it('a full relay is named, and no other address is asked for', () => {
  show({ stopped: 'relay_full' })
  expect(screen.getByRole('alert')).toHaveTextContent('relay.saomai.vn')
  expect(screen.queryByRole('link')).toBeNull()
})

it('a relay that is away is named, and that it is tried again', () => {
  show({ state: 'offline', stopped: null, offlineSinceMs: 1 })
  expect(screen.getByText(/Chưa tới được relay\.saomai\.vn; Quen tự thử lại\. 3 thay đổi chờ gửi/)).toBeInTheDocument()
})
