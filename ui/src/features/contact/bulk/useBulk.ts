import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkChange } from '../../../ipc/bindings/BulkChange'
import type { Selection } from '../../../ipc/bindings/Selection'
import { call, saveFile } from '../../../ipc/call'
import { endOfWork } from '../../../ipc/longWork'
import { noteDone } from '../../../ipc/undo'
import { useErrorText } from '../../../ipc/useErrorText'
import { formatCount } from '../../../lib/money'
import { showToast } from '../../../lib/toasts'

/** Doing one thing to many people, and writing them to a file. */
export function useBulk() {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const fail = useCallback(
    (thrown: unknown) => showToast({ kind: 'error', message: t('people.notSaved'), detail: errorText(thrown) }),
    [t, errorText],
  )
  const run = useCallback(
    async (selection: Selection, change: BulkChange, what: string): Promise<boolean> => {
      try {
        const started = await call('bulk.run', { selection, change })
        const done = started.job ? await endOfWork(started.job, t('bulk.doing', { what })) : started
        if (!done) return false
        const { action, count } = done
        const message = t('bulk.done', { what, count, shown: formatCount(count) })
        if (action) noteDone({ actionId: action, message })
        else showToast({ kind: 'info', message: t('bulk.nothing') })
        return true
      } catch (thrown) {
        fail(thrown)
        return false
      }
    },
    [t, fail],
  )
  const write = useCallback(
    async (selection: Selection, format: string, columns: string[]): Promise<void> => {
      try {
        const file = await call('export.run', { selection, format, columns })
        if (await saveFile(file)) showToast({ kind: 'done', message: t('bulk.exported', { name: file.name }) })
      } catch (thrown) {
        fail(thrown)
      }
    },
    [t, fail],
  )
  return { run, write }
}
