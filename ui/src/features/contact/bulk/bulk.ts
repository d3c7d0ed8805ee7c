import type { Selection } from '../../../ipc/bindings/Selection'
import type { ViewSpec } from '../../../ipc/bindings/ViewSpec'
import { selectedCount, type RowSelection } from '../../../kit/table/selection'

/** What can be done to many people at once. */
export type BulkKind =
  | { do: 'set'; field: string }
  | { do: 'addTag' }
  | { do: 'removeTag' }
  | { do: 'addTask' }
  | { do: 'export' }
  | { do: 'delete' }

/** Fields that are set for many at once. The branch is not: moving people is more than a field. */
export const bulkFields = ['status', 'owner', 'level', 'source', 'kind'] as const

/** Whom an action is about. */
export type Target = { selection: Selection; /** As far as the list knows. */ count: number }

/** Those chosen, else the person the keys stand on, else nobody. */
export function targetOf(chosen: RowSelection, view: ViewSpec, total: number, active: string | undefined): Target | null {
  if (chosen.isAll) {
    const except = [...chosen.ids]
    return { selection: { which: 'matching', view, except }, count: selectedCount(chosen, total) }
  }
  if (chosen.ids.size > 0) return { selection: { which: 'these', ids: [...chosen.ids] }, count: chosen.ids.size }
  return active ? { selection: { which: 'these', ids: [active] }, count: 1 } : null
}

/** Formats in which people are written to a file. */
export const exportFormats = ['xlsx', 'csv', 'vcard', 'json'] as const
