import { useMemo } from 'react'
import type { Fields } from '../model/useFields'
import type { Colleague } from './mentionTyping'

/** Who can be called by name. */
export function useColleagues(fields: Fields): readonly Colleague[] {
  return useMemo(() => (fields.definitions?.staff ?? []).filter((each) => each.isActive), [fields])
}
