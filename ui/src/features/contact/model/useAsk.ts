import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Edit } from '../../../ipc/bindings/Edit'
import { makeEdits } from '../../../ipc/edit'
import { noteQuietly } from '../../../ipc/undo'
import { useErrorText } from '../../../ipc/useErrorText'
import { showToast } from '../../../lib/toasts'

/**
 * Makes edits whose result is plain to see where it was done: no message, Ctrl-Z takes them back as `message`.
 *
 * Throws an `IpcError`.
 */
export async function editQuietly(edits: Edit[], message: string): Promise<void> {
  const action = await makeEdits(edits)
  if (action) noteQuietly({ actionId: action, message })
}

/** Asks for edits, or for those that a question to the core gives, as one action; false when it failed, which a toast then says. */
export type Ask = (edits: Edit[] | (() => Promise<Edit[]>), message: string, options?: { isQuiet?: boolean }) => Promise<boolean>

/** How screens ask for edits that have no field of their own to say a failure in. */
export function useAsk(): Ask {
  const { t } = useTranslation()
  const errorText = useErrorText()
  return useCallback(
    async (wanted, message, options = {}) => {
      try {
        const edits = typeof wanted === 'function' ? await wanted() : wanted
        if (options.isQuiet) await editQuietly(edits, message)
        else await makeEdits(edits, message)
        return true
      } catch (thrown) {
        showToast({ kind: 'error', message: t('people.notSaved'), detail: errorText(thrown) })
        return false
      }
    },
    [t, errorText],
  )
}
