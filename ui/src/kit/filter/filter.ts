/** How a rule compares. */
export type FilterOperator =
  | 'is'
  | 'isNot'
  | 'contains'
  | 'isSet'
  | 'isEmpty'
  | 'hasAll'
  | 'before'
  | 'after'
  | 'inLastDays'
  | 'inNextDays'
  | 'olderThanDays'
  | 'between'

/** What a rule compares with. */
export type FilterValue = null | number | string | string[]

/** One rule on one field. */
export type FilterRule = { is: 'rule'; field: string; op: FilterOperator; value: FilterValue }

/** A tree of rules. */
export type FilterNode = { is: 'all' | 'any'; of: FilterNode[] } | { is: 'not'; of: FilterNode } | FilterRule

/** A group of the tree, which the builder edits. */
export type FilterGroup = { is: 'all' | 'any'; of: FilterNode[] }

/** How the parts of a group join, as people say it. */
export type Join = 'all' | 'any' | 'none'

/** A group as people read it: "none of" is what the tree says as "not any of". */
export type JoinedGroup = { join: Join; of: FilterNode[] }

/** How a group of the tree reads. */
export function joined(node: Exclude<FilterNode, FilterRule>): JoinedGroup {
  if (node.is !== 'not') return { join: node.is, of: node.of }
  return { join: 'none', of: node.of.is === 'any' ? node.of.of : [node.of] }
}

/** The group of the tree that reads so. */
export function groupOf({ join, of }: JoinedGroup): FilterNode {
  return join === 'none' ? { is: 'not', of: { is: 'any', of } } : { is: join, of }
}

/** What the builder knows of a field. */
export type FilterField = {
  field: string
  label: string
  type: 'text' | 'choice' | 'tags' | 'date' | 'number' | 'yesNo'
  /** For `choice` and `tags`. */
  choices?: readonly { value: string; label: string }[]
  /** Only these operators, where the type has more than the field can answer. */
  operators?: readonly FilterOperator[]
}

/** The operators that make sense for a type, the usual one first. */
export const operatorsByType: Record<FilterField['type'], readonly FilterOperator[]> = {
  text: ['contains', 'is', 'isNot', 'isSet', 'isEmpty'],
  choice: ['is', 'isNot', 'isSet', 'isEmpty'],
  tags: ['is', 'hasAll', 'isNot', 'isSet', 'isEmpty'],
  date: ['inLastDays', 'olderThanDays', 'inNextDays', 'before', 'after', 'between', 'isSet', 'isEmpty'],
  number: ['is', 'before', 'after', 'between', 'isSet', 'isEmpty'],
  yesNo: ['isSet', 'isEmpty'],
}

/** The operators of a field, the usual one first. */
export function operatorsOf(field: FilterField): readonly FilterOperator[] {
  return field.operators ?? operatorsByType[field.type]
}

/** What kind of value an operator takes. */
export function operandOf(type: FilterField['type'], op: FilterOperator): 'none' | 'days' | 'list' | 'text' | 'pair' | 'date' | 'number' {
  if (op === 'isSet' || op === 'isEmpty') return 'none'
  if (op === 'inLastDays' || op === 'inNextDays' || op === 'olderThanDays') return 'days'
  if (op === 'between') return 'pair'
  if (type === 'choice' || type === 'tags') return 'list'
  if (type === 'date') return 'date'
  return type === 'number' ? 'number' : 'text'
}

/** Days that a relative rule begins with. */
const DAYS_AT_FIRST = 14

/** The value that a rule begins with. */
export function firstValue(type: FilterField['type'], op: FilterOperator): FilterValue {
  const operand = operandOf(type, op)
  if (operand === 'none') return null
  if (operand === 'days') return DAYS_AT_FIRST
  if (operand === 'list') return []
  return operand === 'pair' ? ['', ''] : ''
}

/** A new rule on a field. */
export function newRule(field: FilterField): FilterRule {
  const op = operatorsOf(field)[0] ?? 'is'
  return { is: 'rule', field: field.field, op, value: firstValue(field.type, op) }
}

/** A rule with another operator; its value stays where it still fits. */
export function withOperator(rule: FilterRule, field: FilterField, op: FilterOperator): FilterRule {
  const stays = operandOf(field.type, rule.op) === operandOf(field.type, op)
  return { ...rule, op, value: stays ? rule.value : firstValue(field.type, op) }
}

/** Whether a rule says enough to be used. */
export function isComplete(rule: FilterRule): boolean {
  if (rule.op === 'isSet' || rule.op === 'isEmpty') return true
  if (Array.isArray(rule.value)) return rule.value.length > 0 && rule.value.every((each) => each !== '')
  return rule.value !== '' && rule.value !== null
}

/** The tree without rules that do not say enough yet, and without empty groups. */
export function usable(node: FilterNode): FilterNode {
  if (node.is === 'rule') return isComplete(node) ? node : { is: 'all', of: [] }
  if (node.is === 'not') return { is: 'not', of: usable(node.of) }
  const of = node.of.map(usable).filter((each) => each.is === 'rule' || countRules(each) > 0)
  return { is: node.is, of }
}

/** How many usable rules a tree has. */
export function countRules(node: FilterNode): number {
  if (node.is === 'rule') return isComplete(node) ? 1 : 0
  if (node.is === 'not') return countRules(node.of)
  return node.of.reduce((sum, each) => sum + countRules(each), 0)
}
