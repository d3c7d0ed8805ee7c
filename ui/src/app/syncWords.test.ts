import type { SyncStatus } from '../ipc/bindings/SyncStatus'
import { syncWords } from './syncWords'

const t = (key: string, values?: Record<string, unknown>) => `${key} ${JSON.stringify(values ?? {})}`
const status: SyncStatus = {
  state: 'synced',
  waiting: 0,
  offlineSinceMs: null,
  syncedAtMs: 0,
  lastHeard: [],
  quarantined: 0,
  heldBack: 0,
  notice: null,
  stopped: null,
  relayUrl: null,
}

it('says synced only when nothing waits', () => {
  expect(syncWords(t, status).text).toContain('badge.synced')
  expect(syncWords(t, { ...status, waiting: 1200 }).text).toBe('badge.waiting {"waiting":"1.200"}')
})

it('says since when it is offline and how much waits', () => {
  const offline = { ...status, state: 'offline', waiting: 3, offlineSinceMs: new Date(2026, 0, 1, 9, 5).getTime() }
  expect(syncWords(t, offline)).toEqual({ tone: 'warning', isHollow: true, text: 'badge.offlineWaiting {"since":"09:05","waiting":"3"}' })
})

it('what has stopped goes before a notice and before what waits', () => {
  const stopped = { ...status, state: 'stopped', waiting: 4, stopped: 'disk_full', notice: 'clockWrong' }
  expect(syncWords(t, stopped)).toEqual({ tone: 'danger', isHollow: false, text: 'badge.stopped {}' })
})

it('a notice goes before all', () => {
  expect(syncWords(t, { ...status, notice: 'clockWrong' }).tone).toBe('danger')
})
