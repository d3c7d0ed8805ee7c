import { ulid } from 'ulid'
import { call } from '../../../ipc/call'

/** The identifier of a new thing: made here, so that asking twice is harmless. */
export function newId(): string {
  return ulid()
}

/** Identifiers for people to be entered at a branch: the core makes them, for each is bound to where its person lives. */
export function newPeople(branch: string | null, count: number): Promise<string[]> {
  return call('contact.newIds', { branch, count })
}
