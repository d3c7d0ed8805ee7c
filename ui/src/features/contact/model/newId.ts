import { ulid } from 'ulid'

/** The identifier of a new thing: made here, so that asking twice is harmless. */
export function newId(): string {
  return ulid()
}
