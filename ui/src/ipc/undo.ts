import i18next from 'i18next'
import { createStore } from '../lib/store'
import { dropToast, showToast } from '../lib/toasts'
import { call } from './call'
import { toIpcError } from './errors'
import { endOfWork } from './longWork'

/** An action of this session that can be taken back; without a message when it was done before a reload. */
export type DoneAction = { actionId: string; message?: string }

/** At most so many are remembered. */
const UNDO_MAX = 100

const storageKey = 'quen.done'

/** What was done before this window was loaded anew. */
function kept(): readonly DoneAction[] {
  try {
    const ids: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').slice(-UNDO_MAX).map((actionId) => ({ actionId })) : []
  } catch {
    return []
  }
}

/** The message that offers to take an action back. */
const toastByAction = new Map<string, number>()

/** What was done in this session and not yet taken back, oldest first. */
export const doneActions = createStore<readonly DoneAction[]>(kept())

// Ids alone: what was done names people, and words of theirs stay out of the browser's store.
doneActions.subscribe(() => sessionStorage.setItem(storageKey, JSON.stringify(doneActions.get().map(({ actionId }) => actionId))))

/** Remembers an action, says what was done and offers to take it back. */
export function noteDone(action: Required<DoneAction>): void {
  noteQuietly(action)
  toastByAction.set(action.actionId, showToast({ kind: 'done', message: action.message, undo: () => void undoAction(action) }))
}

/** Remembers an action whose result is plain to see, so that Ctrl-Z takes it back; says nothing. */
export function noteQuietly(action: DoneAction): void {
  doneActions.set((current) => [...current.slice(1 - UNDO_MAX), action])
}

/** Takes back one action and says how it went. */
export async function undoAction(action: DoneAction): Promise<void> {
  dropToast(toastByAction.get(action.actionId) ?? 0)
  toastByAction.delete(action.actionId)
  doneActions.set((current) => current.filter((other) => other.actionId !== action.actionId))
  const what = action.message ?? i18next.t('undo.earlier')
  try {
    const { job, restored: restoredNow, skipped: skippedNow } = await call('action.undo', { action: action.actionId })
    const end = job ? await endOfWork(job, i18next.t('undo.undoing', { what })) : null
    const restored = job ? (end?.count ?? 0) : restoredNow
    const skipped = job ? (end?.skipped ?? 0) : skippedNow
    const detail = skipped > 0 ? i18next.t('undo.skipped', { count: skipped }) : undefined
    // An older action may have been taken back already, or written over altogether.
    showToast({ kind: 'info', message: restored > 0 ? i18next.t('undo.done', { what }) : i18next.t('undo.nothing'), detail })
  } catch (thrown) {
    const { code } = toIpcError(thrown)
    showToast({ kind: 'error', message: i18next.t('undo.failed'), detail: i18next.t(`errors.${code}`, { defaultValue: '' }) })
  }
}

/** Takes back the last action of this session. */
export async function undoLast(): Promise<void> {
  const last = doneActions.get().at(-1)
  if (last) await undoAction(last)
  else showToast({ kind: 'info', message: i18next.t('undo.nothing') })
}
