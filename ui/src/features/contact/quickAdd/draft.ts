import type { ContactEdit } from '../../../ipc/bindings/ContactEdit'
import type { Edit } from '../../../ipc/bindings/Edit'
import type { Fact } from '../../../ipc/bindings/Fact'
import { parseDate } from '../../../lib/dates'
import { aboutContact, aboutInteraction } from '../model/edits'
import { newId } from '../model/newId'

/** How a new person first came: at the desk, by a call, or nothing is to be written down. */
export const firstContacts = ['meeting', 'call', 'none'] as const
/** One of these ways. */
export type FirstContact = (typeof firstContacts)[number]

/** A new person as typed so far. */
export type Draft = {
  fullName: string
  phone: string
  email: string
  branch: string | null
  source: string
  kind: string
  /** As typed, day first. */
  birthOn: string
  level: string
  /** Several are separated by commas. */
  interest: string
  guardianName: string
  guardianPhone: string
  /** A guardian who is here already. */
  guardian: { id: string; fullName: string } | null
  note: string
  met: FirstContact
}

/** A new person of whom nothing is typed; the branch is where this device stands. */
export function emptyDraft(branch: string | null): Draft {
  return {
    fullName: '', phone: '', email: '', branch, source: '', kind: 'lead', birthOn: '', level: '', interest: '',
    guardianName: '', guardianPhone: '', guardian: null, note: '', met: 'meeting',
  }
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
export function hasWords({ fullName, phone, email, birthOn, interest, guardianName, guardianPhone, note }: Draft): boolean {
  return [fullName, phone, email, birthOn, interest, guardianName, guardianPhone, note].some((text) => text.trim() !== '')
}

/** What stands in the way of saving, by field. */
export function problemsOf(draft: Draft): { fullName?: true; birthOn?: true } {
  return {
    ...(draft.fullName.trim() ? {} : { fullName: true }),
    ...(draft.birthOn.trim() && !parseDate(draft.birthOn) ? { birthOn: true } : {}),
  }
}

const clean = (text: string) => text.normalize('NFC').trim().replace(/[ \t]+/g, ' ')
const said = (facts: Fact[]) => facts.map(({ field, value }) => ({ field, value: clean(value) })).filter(({ value }) => value !== '')

/** The wish to enter the person; a name must stand. */
export function createEdit(draft: Draft): ContactEdit {
  return {
    do: 'create',
    tags: [],
    facts: said([
      { field: 'fullName', value: draft.fullName },
      { field: 'kind', value: draft.kind },
      { field: 'phone.1', value: draft.phone },
      { field: 'email.1', value: draft.email },
      { field: 'birthOn', value: parseDate(draft.birthOn) ?? '' },
      { field: 'level', value: draft.level },
      { field: 'branch', value: draft.branch ?? '' },
      { field: 'source', value: draft.source },
      { field: 'status', value: draft.kind === 'lead' ? 'new' : '' },
    ]),
  }
}

/** The identifiers that the core gave for who is entered. */
export type NewPeople = { person: string; guardian: string }

function guardianEdits(draft: Draft, { person: child, guardian: id }: NewPeople, unnamed: string): Edit[] {
  const link = (other: string) => aboutContact(child, { do: 'relate', kind: 'guardian', other })
  if (draft.guardian) return [link(draft.guardian.id)]
  if (!clean(draft.guardianName) && !clean(draft.guardianPhone)) return []
  const facts = said([
    { field: 'fullName', value: clean(draft.guardianName) || unnamed },
    { field: 'kind', value: 'guardian' },
    { field: 'phone.1', value: draft.guardianPhone },
    { field: 'branch', value: draft.branch ?? '' },
    { field: 'source', value: draft.source },
  ])
  return [aboutContact(id, { do: 'create', tags: [], facts }), link(id)]
}

function firstContactEdits(draft: Draft, id: string): Edit[] {
  const body = draft.note.normalize('NFC').trim()
  if (draft.met === 'none' && !body) return []
  const kind = draft.met === 'none' ? 'note' : draft.met
  const direction = kind === 'note' ? null : 'in'
  return [aboutInteraction(id, newId(), { do: 'record', kind, happenedAtMs: null, direction, outcome: null, body })]
}

/**
 * Everything that the form says, as edits of one action: the person, what they ask for, their guardian, and that
 * they were here. `unnamed` names a guardian of whom only the number is known.
 */
export function walkInEdits(draft: Draft, ids: NewPeople, unnamed: string): Edit[] {
  const id = ids.person
  const interests = draft.interest.split(/[,;]/).map(clean).filter(Boolean)
  return [
    aboutContact(id, createEdit(draft)),
    ...interests.map((label) => aboutContact(id, { do: 'addInterest', label, kind: null })),
    ...guardianEdits(draft, ids, unnamed),
    ...firstContactEdits(draft, id),
  ]
}
