import { formatDateTime, formatIsoDate, parseDate } from '../../../lib/dates'
import { formatPhone } from '../../../lib/vietnamese'
import type { Field } from './fields'

/** A stored value as people read it. */
export function valueText(field: Field, value: string): string {
  if (value === '') return value
  const choice = field.choices.find((each) => each.value === value)
  if (choice) return choice.label
  if (field.type === 'date') return formatIsoDate(value)
  if (field.type === 'instant' && /^\d+$/.test(value)) return formatDateTime(Number(value))
  if (field.key.startsWith('phone')) return formatPhone(value)
  return value
}

/** What typed text is stored as: `undefined` when it cannot be read as such a value, `null` when it clears. */
export function readTyped(field: Field, typed: string): string | null | undefined {
  const text = typed.normalize('NFC').trim().replace(/[ \t]+/g, ' ')
  if (text === '') return null
  switch (field.type) {
    case 'date': return parseDate(text) ?? undefined
    case 'number': return /^-?\d+(?:[.,]\d+)?$/.test(text) ? text.replace(',', '.') : undefined
    case 'choice': case 'branch': case 'staff': return field.choices.find((each) => each.value === text || each.label === text)?.value
    default: return text
  }
}

/** Name with the form of address before it: "chị Trần Thị Lan". */
export function addressed(honorific: string | null | undefined, fullName: string): string {
  return honorific ? `${honorific} ${fullName}` : fullName
}
