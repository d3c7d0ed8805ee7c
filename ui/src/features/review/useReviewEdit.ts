import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import type { ContactEdit } from '../../ipc/bindings/ContactEdit'
import { call } from '../../ipc/call'
import { noteDone } from '../../ipc/undo'
import { useErrorText } from '../../ipc/useErrorText'
import { showToast } from '../../lib/toasts'

type Decision = {
  /** What the decision is about, as the list names it. */
  key: string
  contact: string
  edit: ContactEdit
  /** Said when it is done, with an undo. */
  done: string
  /** Said when it failed. */
  failed: string
}

/** Carries decisions out. What is decided leaves the list at once and comes back when the core refuses. */
export function useReviewEdit(query: 'conflict.list' | 'duplicate.list') {
  const client = useQueryClient()
  const say = useErrorText()
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set())
  const decide = useCallback(
    async ({ key, contact, edit, done, failed }: Decision) => {
      setDecided((now) => new Set(now).add(key))
      try {
        const { action } = await call('edit', { edits: [{ noun: 'contact', id: contact, edit }] })
        if (action) noteDone({ actionId: action, message: done })
        await client.invalidateQueries({ queryKey: [query] })
      } catch (thrown) {
        showToast({ kind: 'error', message: failed, detail: say(thrown) })
      } finally {
        setDecided((now) => {
          const left = new Set(now)
          left.delete(key)
          return left
        })
      }
    },
    [client, say, query],
  )
  return { decided, decide }
}
