import type { JobView } from './bindings/JobView'
import type { PartsDone } from './bindings/PartsDone'
import i18next from 'i18next'
import { formatCount } from '../lib/money'
import { changeToast, dropToast, showToast } from '../lib/toasts'
import { call } from './call'
import { IpcError } from './errors'

/** How often the core is asked how far running work is. */
const ASK_EVERY_MS = 500

/**
 * Waits for an action that the core carries out part by part, and says meanwhile how far it is.
 *
 * Null when it was stopped: then nobody was changed. Throws an `IpcError` when it failed.
 */
export async function endOfWork(job: string, what: string): Promise<PartsDone | null> {
  const toast = showToast({ kind: 'info', message: what })
  try {
    for (;;) {
      const view = await call('job.get', { job })
      if (view.state !== 'running') return outcomeOf(view)
      if (view.total > 0) {
        changeToast(toast, { detail: i18next.t('undo.howFar', { done: formatCount(view.done), total: formatCount(view.total) }) })
      }
      await new Promise((go) => window.setTimeout(go, ASK_EVERY_MS))
    }
  } finally {
    dropToast(toast)
  }
}

function outcomeOf(view: JobView): PartsDone | null {
  if (view.state === 'failed') throw new IpcError(view.error ?? 'internal', 'the work failed')
  return view.did
}
