import { useMutation } from '@tanstack/react-query'
import { showToast } from '../lib/toasts'
import type { Edit } from './bindings/Edit'
import { makeEdits } from './edit'
import type { IpcError } from './errors'
import { useErrorText } from './useErrorText'

type Wish = {
  edits: Edit[]
  /** What was done, for the toast and undo; silent without it. */
  message?: string
}

/** Edits with progress; a failure is said in a toast. The feed of changes refreshes what was moved. */
export function useEdit() {
  const errorText = useErrorText()
  return useMutation<string | null, IpcError, Wish>({
    mutationFn: ({ edits, message }) => makeEdits(edits, message),
    onError: (error) => showToast({ kind: 'error', message: errorText(error) }),
  })
}
