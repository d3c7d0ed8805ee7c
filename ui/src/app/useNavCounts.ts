import { useCall } from '../ipc/useCall'
import type { Place } from './places'

const noArgs = {}
const firstConflict = { offset: 0, limit: 1 }

/** How much waits behind each place. */
export function useNavCounts(): Partial<Record<Place['id'], number>> {
  const today = useCall('task.today', noArgs).data
  const conflicts = useCall('conflict.list', firstConflict).data
  const pairs = useCall('duplicate.count', noArgs).data
  return {
    today: today ? today.overdue.length + today.dueToday.length : undefined,
    review: conflicts && pairs ? conflicts.total + pairs.count : undefined,
  }
}
