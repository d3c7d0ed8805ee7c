import type { ContactRow } from '../ipc/bindings/ContactRow'
import type { Filter } from '../ipc/bindings/Filter'
import type { Rule } from '../ipc/bindings/Rule'
import type { ViewSpec } from '../ipc/bindings/ViewSpec'
import { fold } from '../lib/vietnamese'

const day = 86_400_000

function valueOf(row: ContactRow, field: string): string | number | null {
  switch (field) {
    case 'lastInteractionAt': return row.lastInteractionAtMs
    case 'statusSince': return row.statusSinceMs
    case 'createdAt': return row.createdAtMs
    case 'updatedAt': return row.updatedAtMs
    case 'nextStepAt': return row.nextStep?.dueAtMs ?? null
    case 'hasConflict': return row.conflictCount || null
    case 'tag': return row.tags[0]?.id ?? null
    default: return (row as unknown as Record<string, string | null>)[field] ?? null
  }
}

function ruleMatches(row: ContactRow, rule: Rule, nowMs: number): boolean {
  const value = valueOf(row, rule.field)
  const wanted = Array.isArray(rule.value) ? rule.value : rule.value === null ? [] : [String(rule.value)]
  const days = typeof rule.value === 'number' ? rule.value * day : 0
  switch (rule.op) {
    case 'is': case 'hasAll': return wanted.includes(String(value))
    case 'isNot': return !wanted.includes(String(value))
    case 'contains': return fold(String(value ?? '')).includes(fold(wanted[0] ?? ''))
    case 'isSet': return value !== null
    case 'isEmpty': return value === null
    case 'inLastDays': return typeof value === 'number' && value >= nowMs - days && value <= nowMs
    case 'inNextDays': return typeof value === 'number' && value >= nowMs && value <= nowMs + days
    case 'olderThanDays': return value === null || (typeof value === 'number' && value < nowMs - days)
    default: return true
  }
}

/** Whether a person passes a filter; enough of the core's rules for tests. */
export function matchesFilter(row: ContactRow, filter: Filter, nowMs: number): boolean {
  switch (filter.is) {
    case 'all': return filter.of.every((part) => matchesFilter(row, part, nowMs))
    case 'any': return filter.of.some((part) => matchesFilter(row, part, nowMs))
    case 'not': return !matchesFilter(row, filter.of, nowMs)
    case 'rule': return ruleMatches(row, filter, nowMs)
  }
}

/** The people of a view, in its order. */
export function rowsOf(people: readonly ContactRow[], view: ViewSpec, nowMs: number): ContactRow[] {
  const words = fold(view.search)
  const found = people.filter(
    (row) => matchesFilter(row, view.filter, nowMs) && (!words || fold(`${row.fullName} ${row.phone ?? ''}`).includes(words)),
  )
  const keys = [...(view.groupBy ? [{ field: view.groupBy, isDescending: false }] : []), ...view.sort]
  return found.sort((a, b) => {
    for (const { field, isDescending } of keys) {
      if (field === 'fullName' && !isDescending) continue
      const order = String(valueOf(a, field) ?? '').localeCompare(String(valueOf(b, field) ?? ''))
      if (order) return isDescending ? -order : order
    }
    return 0
  })
}
