import type { ReactNode } from 'react'
import { useCall } from '../../ipc/useCall'
import { Avatar } from '../../kit/Avatar'
import { formatPhone } from '../../lib/vietnamese'

/** A person the palette can open. */
export type FoundPerson = { id: string; name: string; hint?: string; icon: ReactNode }

/** How many people the palette shows. */
const PEOPLE_MAX = 8
const nobody: FoundPerson[] = []

/** People whose name, phone, e-mail or tag answers what was typed; nobody while `query` is null. */
export function usePeopleFound(query: string | null): FoundPerson[] {
  const found = useCall('contact.search', { text: query ?? '', limit: PEOPLE_MAX }, { enabled: query !== null, keep: true })
  if (query === null || !found.data) return nobody
  return found.data.map(({ contact, matched, text }) => ({
    id: contact.id,
    name: contact.fullName,
    hint: matched === 'name' ? (contact.phone ? formatPhone(contact.phone) : undefined) : matched === 'phone' ? formatPhone(text) : text,
    icon: <Avatar name={contact.fullName} seed={contact.id} size={24} />,
  }))
}
