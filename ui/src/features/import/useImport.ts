import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import { call } from '../../ipc/call'
import type { ImportDraft } from '../../ipc/bindings/ImportDraft'
import type { ImportOpenArgs } from '../../ipc/bindings/ImportOpenArgs'
import type { ImportView } from '../../ipc/bindings/ImportView'
import type { JobView } from '../../ipc/bindings/JobView'
import type { IpcError } from '../../ipc/errors'
import { useDo } from '../../ipc/useCall'
import { beginWizard, importScreen, type Wizard } from './wizard'

/** How often the core is asked how far running work is. */
const MOVING_EVERY_MS = 500

/** What the import page shows. */
export function useImportScreen() {
  return useSyncExternalStore(importScreen.subscribe, importScreen.get)
}

/** Changes the import that is being set up. */
export function changeWizard(change: (wizard: Wizard) => Wizard | null): void {
  importScreen.set((screen) => {
    if (screen.kind !== 'setup') return screen
    const wizard = change(screen.wizard)
    if (wizard === screen.wizard) return screen
    return wizard ? { kind: 'setup', wizard } : { kind: 'start' }
  })
}

/** Opens files, pasted cells and drafts. */
export function useOpenImport() {
  const opening = useDo('import.open')
  const reading = useDo('import.read')
  const begin = useCallback((draft: ImportDraft) => importScreen.set({ kind: 'setup', wizard: beginWizard(draft) }), [])
  const { mutate: mutateOpen, reset: resetOpen } = opening
  const { mutate: mutateRead, reset: resetRead } = reading
  const open = useCallback(
    (args: ImportOpenArgs) => {
      resetRead()
      mutateOpen(args, { onSuccess: begin })
    },
    [mutateOpen, resetRead, begin],
  )
  /** Goes on with a draft of before. */
  const reopen = useCallback(
    (importId: string) => {
      resetOpen()
      mutateRead(
        { import: importId, reading: { encoding: null, delimiter: null, headerRow: null, sheet: null } },
        { onSuccess: begin },
      )
    },
    [mutateRead, resetOpen, begin],
  )
  return { open, reopen, isOpening: opening.isPending || reading.isPending, error: opening.error ?? reading.error }
}

/** Asks the core again and again for as long as the answer says that something moves. */
function useMoving<Answer>(key: readonly unknown[], ask: () => Promise<Answer>, isMoving: (answer: Answer) => boolean, enabled = true) {
  return useQuery<Answer, IpcError>({
    queryKey: key,
    queryFn: ask,
    enabled,
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data) ? MOVING_EVERY_MS : false),
  })
}

/** A job while it works. */
export function useJob(job: string | null): JobView | null {
  const ask = (): Promise<JobView> => call('job.get', { job: job ?? '' })
  const seen = useMoving(['job.get', { job }], ask, (view) => view.state === 'running', job !== null)
  return job === null ? null : (seen.data ?? null)
}

/** The imports of before, the latest first. */
export function useImports() {
  const ask = (): Promise<ImportView[]> => call('import.list', {})
  return useMoving(['import.list', {}], ask, (views) => views.some((view) => view.state === 'running'))
}

/** One import and how far it is. `stamp` tells one look from the next where the feed says nothing. */
export function useImport(importId: string, stamp = '') {
  const ask = (): Promise<ImportView> => call('import.get', { import: importId })
  return useMoving(['import.get', { import: importId }, stamp], ask, (view) => view.state === 'running')
}

/** Forgets what was read about imports, after one of them was checked anew. */
export function useForgetImports(): () => void {
  const client = useQueryClient()
  return useCallback(() => {
    for (const name of ['import.rows', 'import.get', 'import.list']) void client.invalidateQueries({ queryKey: [name] })
  }, [client])
}
