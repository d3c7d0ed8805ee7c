import { useEffect, useSyncExternalStore } from 'react'
import { call } from '../../ipc/call'
import { createStore } from '../../lib/store'
import type { Wizard } from './wizard'

/** The dry run of the import that is being set up. */
export type Check = { importId: string; key: string; job: string | null; error: unknown }

const current = createStore<Check | null>(null)

/** What a dry run depends on: another key needs another run. */
function keyOf(wizard: Wizard): string {
  return JSON.stringify([wizard.draft.id, wizard.draft.reading, wizard.mapping])
}

/** Starts the dry run, unless this very one was started already. */
export function startCheck(wizard: Wizard, isForced = false): void {
  const key = keyOf(wizard)
  const before = current.get()
  if (!isForced && before?.key === key && before.error === null) return
  const check: Check = { importId: wizard.draft.id, key, job: null, error: null }
  current.set(check)
  const settle = (change: Partial<Check>) => current.set((now) => (now === check ? { ...now, ...change } : now))
  call('import.check', { import: wizard.draft.id, mapping: wizard.mapping }).then(
    ({ job }) => settle({ job }),
    (error: unknown) => settle({ error }),
  )
}

/** Forgets the dry run, so that the next look starts another. */
export function forgetCheck(): void {
  current.set(null)
}

/** The dry run of this wizard; started when it was not yet. */
export function useCheck(wizard: Wizard): Check | null {
  useEffect(() => startCheck(wizard), [wizard])
  const check = useSyncExternalStore(current.subscribe, current.get)
  return check?.key === keyOf(wizard) ? check : null
}
