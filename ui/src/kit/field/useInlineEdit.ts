import { useCallback, useEffect, useRef, useState } from 'react'
import { dropDraft, keepDraft, readDraft } from './draft'

/** Where an inline edit stands. */
export type EditState = 'resting' | 'editing' | 'saving' | 'saved' | 'failed'

/** How long the mark "saved" stays, in milliseconds. */
const SAVED_MS = 1_500

type Options = {
  value: string
  onSave: (text: string) => Promise<unknown>
  /** Turns what was typed into what is saved, or says why not. */
  check?: (text: string) => { value: string } | { problem: string }
  draftKey?: string
  /** Says a failure in words. */
  errorText: (thrown: unknown) => string
}

/** Editing a value in place: a draft that survives, saving, and what went wrong. */
export function useInlineEdit({ value, onSave, check, draftKey, errorText }: Options) {
  const kept = useRef(readDraft(draftKey)).current
  const [state, setState] = useState<EditState>(kept === null ? 'resting' : 'editing')
  const [draft, setDraft] = useState(kept ?? value)
  const [problem, setProblem] = useState<string | null>(null)
  /** What was saved, shown until the new value arrives. */
  const [sent, setSent] = useState<string | null>(null)
  useEffect(() => setSent(null), [value])
  useEffect(() => {
    if (state !== 'saved') return
    const timer = window.setTimeout(() => setState('resting'), SAVED_MS)
    return () => window.clearTimeout(timer)
  }, [state])

  const begin = useCallback(
    (first?: string) => {
      setDraft(first ?? value)
      setProblem(null)
      setState('editing')
    },
    [value],
  )
  const cancel = useCallback(() => {
    dropDraft(draftKey)
    setProblem(null)
    setState('resting')
  }, [draftKey])
  const type = useCallback(
    (text: string) => {
      setDraft(text)
      setProblem(null)
      keepDraft(draftKey, text)
    },
    [draftKey],
  )
  const save = useCallback(
    async (text: string): Promise<boolean> => {
      const checked = check ? check(text) : { value: text.trim() }
      if ('problem' in checked) {
        setProblem(checked.problem)
        return false
      }
      if (checked.value === value) {
        cancel()
        return true
      }
      setState('saving')
      setSent(checked.value)
      try {
        await onSave(checked.value)
        dropDraft(draftKey)
        setState('saved')
        return true
      } catch (thrown) {
        setSent(null)
        setProblem(errorText(thrown))
        setState('failed')
        return false
      }
    },
    [check, value, cancel, onSave, draftKey, errorText],
  )
  return { state, draft, problem, shown: sent ?? value, begin, cancel, type, save }
}
