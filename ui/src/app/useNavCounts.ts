import type { Place } from './places'

/** How much waits behind each place. */
export function useNavCounts(): Partial<Record<Place['id'], number>> {
  return {}
}
