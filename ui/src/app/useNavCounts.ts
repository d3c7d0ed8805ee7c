import { useCall } from '../ipc/useCall'
import type { Place } from './places'

const noArgs = {}
const firstTask = { limit: 1 }
const firstConflict = { offset: 0, limit: 1 }

/** How much waits behind each place. */
export function useNavCounts(): Partial<Record<Place['id'], number>> {
  const today = useCall('task.today', firstTask).data
  const conflicts = useCall('conflict.list', firstConflict).data
  const pairs = useCall('duplicate.count', noArgs).data
  return {
    today: today ? today.overdueTotal + today.dueTodayTotal : undefined,
    review: conflicts && pairs ? conflicts.total + pairs.count : undefined,
  }
}
