import type { Filter } from '../../../ipc/bindings/Filter'
import type { Rule } from '../../../ipc/bindings/Rule'
import type { FilterField, FilterGroup, FilterNode } from '../../../kit/filter/filter'
import type { Field, FieldType } from '../model/fields'
import { filterFieldKeys } from '../model/fields'
import type { Fields } from '../model/useFields'

const types: Record<FieldType, FilterField['type']> = {
  text: 'text', long: 'text', choice: 'choice', branch: 'choice', staff: 'choice', suggest: 'choice', tag: 'tags',
  date: 'date', instant: 'date', birthday: 'date', number: 'number', flag: 'yesNo',
}

/** A birthday comes every year: it is near, was near, or is known. */
const birthdayOperators = ['inNextDays', 'inLastDays', 'isSet', 'isEmpty'] as const

/** A field as the filter builder knows it. */
export function asFilterField(field: Field): FilterField {
  const operators = field.type === 'birthday' ? birthdayOperators : undefined
  return { field: field.key, label: field.label, type: types[field.type], choices: field.choices, operators }
}

/** Every field that a filter can ask about, custom ones last. */
export function filterFields(fields: Fields): FilterField[] {
  const custom = (fields.definitions?.fields ?? []).map((each) => each.field)
  return [...filterFieldKeys, ...custom].map((key) => asFilterField(fields.field(key)))
}

/** A filter as a group at its root, which the builder edits. */
export function asGroup(filter: Filter): FilterGroup {
  if (filter.is === 'all' || filter.is === 'any') return filter as FilterGroup
  return { is: 'all', of: [filter as FilterNode] }
}

type Say = (key: string, options?: Record<string, unknown>) => string

/** A rule in short words, as a chip says it: "Chưa liên hệ 14 ngày". */
export function ruleText(rule: Rule, fields: Fields, t: Say): string {
  const field = fields.field(rule.field)
  const short = `chips.${rule.field}.${rule.op}`
  const days = typeof rule.value === 'number' ? rule.value : undefined
  const said = t(short, { count: days, defaultValue: '' })
  if (said) return said
  if (rule.op === 'isSet' || rule.op === 'isEmpty') return `${field.label}: ${t(`chips.op.${rule.op}`)}`
  if (rule.op === 'inLastDays' || rule.op === 'inNextDays' || rule.op === 'olderThanDays') {
    return `${field.label} ${t(`chips.op.${rule.op}`, { count: days ?? 0 })}`
  }
  const values = Array.isArray(rule.value) ? rule.value : rule.value === null ? [] : [String(rule.value)]
  const words = values.map((value) => fields.text(rule.field, value)).join(rule.op === 'between' ? ' – ' : ', ')
  const join = rule.op === 'is' || rule.op === 'between' ? ':' : ` ${t(`chips.op.${rule.op}`)}`
  return `${field.label}${join} ${words || '…'}`
}

/** A part of a filter in short words. */
export function partText(part: Filter, fields: Fields, t: Say): string {
  if (part.is === 'rule') return ruleText(part, fields, t)
  if (part.is === 'not') return `${t('chips.not')} ${partText(part.of, fields, t)}`
  return part.of.map((each) => partText(each, fields, t)).join(` ${t(`chips.${part.is}`)} `)
}

/** Leads and students, not lost or gone, whom nobody looks after. */
export const unowned: Filter = {
  is: 'all',
  of: [
    { is: 'rule', field: 'owner', op: 'isEmpty', value: null },
    { is: 'rule', field: 'kind', op: 'is', value: ['lead', 'student'] },
    { is: 'rule', field: 'status', op: 'isNot', value: ['lost', 'ended'] },
  ],
}

/** A filter that one press puts on or takes off. */
export type QuickFilter = { id: string; rule: Filter }

/** The filters that people at a desk use all day. */
export function quickFilters(staff: string | null): QuickFilter[] {
  const rule = (field: string, op: Rule['op'], value: Rule['value']): Filter => ({ is: 'rule', field, op, value })
  return [
    ...(staff ? [{ id: 'mine', rule: rule('owner', 'is', [staff]) }] : []),
    { id: 'silent', rule: rule('lastInteractionAt', 'olderThanDays', 14) },
    { id: 'noNextStep', rule: rule('nextStepAt', 'isEmpty', null) },
    { id: 'newThisWeek', rule: rule('createdAt', 'inLastDays', 7) },
    { id: 'birthdays', rule: rule('birthday', 'inNextDays', 7) },
    { id: 'conflicts', rule: rule('hasConflict', 'isSet', null) },
  ]
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Whether a filter holds this rule at its root. */
export function hasPart(filter: Filter, part: Filter): boolean {
  return filter.is === 'all' && filter.of.some((each) => same(each, part))
}

/** The filter with a part put on at its root, or taken off when it was there. */
export function togglePart(filter: Filter, part: Filter): Filter {
  const parts = filter.is === 'all' ? filter.of : [filter]
  return { is: 'all', of: hasPart(filter, part) ? parts.filter((each) => !same(each, part)) : [...parts, part] }
}

/** The filter without the part at a place of its root. */
export function withoutPart(filter: Filter, at: number): Filter {
  if (filter.is === 'all' || filter.is === 'any') return { is: filter.is, of: filter.of.filter((_, index) => index !== at) }
  return { is: 'all', of: [] }
}
