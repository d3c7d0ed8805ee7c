import type { SyncStatus } from '../ipc/bindings/SyncStatus'
import type { Tone } from '../kit/StatusDot'
import { formatTime } from '../lib/dates'
import { formatCount } from '../lib/money'

type Translate = (key: string, options?: Record<string, unknown>) => string

/** The quiet words of the badge. */
export function syncWords(t: Translate, status: SyncStatus): { tone: Tone; isHollow: boolean; text: string } {
  const waiting = formatCount(status.waiting)
  if (status.stopped) return { tone: 'danger', isHollow: false, text: t('badge.stopped') }
  if (status.notice) return { tone: 'danger', isHollow: false, text: t('badge.notice') }
  switch (status.state) {
    case 'noRelay':
      return { tone: 'neutral', isHollow: true, text: t('badge.alone') }
    case 'offline': {
      const since = status.offlineSinceMs ? formatTime(status.offlineSinceMs) : '—'
      return { tone: 'warning', isHollow: true, text: t(status.waiting ? 'badge.offlineWaiting' : 'badge.offline', { since, waiting }) }
    }
    case 'syncing':
      return { tone: 'info', isHollow: false, text: status.waiting ? t('badge.waiting', { waiting }) : t('badge.syncing') }
    default:
      return status.waiting
        ? { tone: 'info', isHollow: false, text: t('badge.waiting', { waiting }) }
        : { tone: 'success', isHollow: false, text: t('badge.synced') }
  }
}
