import type { ContactEdit } from '../../../ipc/bindings/ContactEdit'
import type { Fact } from '../../../ipc/bindings/Fact'

/** A new person as typed so far. */
export type Draft = {
  fullName: string
  phone: string
  email: string
  branch: string | null
  source: string
  kind: string
}

/** A new person of whom nothing is typed; the branch is where this device stands. */
export function emptyDraft(branch: string | null): Draft {
  return { fullName: '', phone: '', email: '', branch, source: '', kind: 'lead' }
}

const storageKey = 'quen.draft.quickAdd'

/** What was typed and not yet saved; survives a reload of the window. */
export function keptDraft(): Draft | null {
  try {
    const text = sessionStorage.getItem(storageKey)
    return text ? { ...emptyDraft(null), ...(JSON.parse(text) as Partial<Draft>) } : null
  } catch {
    return null
  }
}

/** Keeps what was typed, or forgets it. */
export function keepDraft(draft: Draft | null): void {
  if (draft && hasWords(draft)) sessionStorage.setItem(storageKey, JSON.stringify(draft))
  else sessionStorage.removeItem(storageKey)
}

/** Whether anything was typed. */
export function hasWords({ fullName, phone, email }: Draft): boolean {
  return [fullName, phone, email].some((text) => text.trim() !== '')
}

/** The wish to enter the person; a name must stand. */
export function createEdit(draft: Draft): ContactEdit {
  const facts: Fact[] = [
    { field: 'fullName', value: draft.fullName },
    { field: 'kind', value: draft.kind },
    { field: 'phone.1', value: draft.phone },
    { field: 'email.1', value: draft.email },
    { field: 'branch', value: draft.branch ?? '' },
    { field: 'source', value: draft.source },
    { field: 'status', value: draft.kind === 'lead' ? 'new' : '' },
  ]
  return { do: 'create', tags: [], facts: facts.map(({ field, value }) => ({ field, value: value.normalize('NFC').trim() })).filter(({ value }) => value !== '') }
}
