import { formatDateTime, formatIsoDate } from './dates'
import { formatPhone } from './vietnamese'

/** Life-cycle statuses in the order in which people pass through them. */
export const statuses = ['new', 'contacted', 'trial', 'active', 'paused', 'ended', 'lost'] as const

/** Kinds of people. */
export const kinds = ['lead', 'student', 'guardian', 'other'] as const

/** Fields that hold one of a fixed list of words, with these words. */
export const wordsByField: Readonly<Record<string, readonly string[]>> = {
  status: statuses,
  kind: kinds,
  gender: ['female', 'male', 'other'],
}

type Named = { id: string; name: string }

/** What is needed to say names instead of ids. */
export type Names = {
  branches: readonly Named[]
  staff: readonly Named[]
  fields: readonly { field: string; label: string }[]
}

type Translate = (key: string, options?: Record<string, unknown>) => string

/** `phone.2` as `phone` and its place, 2; a field without a place has 0. */
export function splitField(field: string): { base: string; place: number } {
  const match = /^(\w+)\.(\d+)$/.exec(field)
  return match ? { base: match[1] ?? field, place: Number(match[2]) } : { base: field, place: 0 }
}

/** The name of a field as people say it: `phone.2` is "Số điện thoại 2". */
export function fieldLabel(t: Translate, field: string, names?: Names): string {
  const own = names?.fields.find((each) => each.field === field)
  if (own) return own.label
  const { base, place } = splitField(field)
  const label = t(`terms.field.${base}`, { defaultValue: base })
  return place > 1 ? `${label} ${place}` : label
}

/** A value as people write it: phones in groups, dates day first, names instead of ids. */
export function fieldText(t: Translate, field: string, value: string, names?: Names): string {
  const { base } = splitField(field)
  if (base === 'phone' || base === 'guardianPhone' || base === 'otherGuardianPhone' || base === 'zalo') return formatPhone(value)
  if (base.endsWith('On')) return formatIsoDate(value)
  if (base === 'branch') return names?.branches.find((branch) => branch.id === value)?.name ?? value
  if (base === 'owner') return names?.staff.find((staff) => staff.id === value)?.name ?? value
  if (base === 'consent') return consentText(t, value)
  if (base === 'consentMarketing' && (value === 'yes' || value === 'no')) return t(`terms.consentMarketing.${value}`)
  if (wordsByField[base]?.includes(value)) return t(`terms.${base}.${value}`)
  return value
}

/** `granted marketing sms` as people say it. */
export function consentText(t: Translate, value: string): string {
  const [word, purpose, channel] = value.split(' ')
  if ((word !== 'granted' && word !== 'withdrawn') || !purpose || !channel) return value
  const about = t(`fields.purpose.${purpose}`, { defaultValue: purpose })
  const by = t(`fields.channelName.${channel}`, { defaultValue: channel })
  return `${t(`person.${word}`)}: ${about} · ${by}`
}

/** What a disagreement is about, as far as its name needs it. */
type Disputed = { field: string; about: { noun: string; kind: string; atMs: number | null } | null }

/** What a disagreement is about, as people say it: the field, or which task, call or note it is whose words differ. */
export function conflictLabel(t: Translate, { field, about }: Disputed, names?: Names): string {
  if (!about) return fieldLabel(t, field, names)
  const at = about.atMs === null ? '' : formatDateTime(about.atMs)
  const isTask = about.noun === 'task'
  const kind = t(`fields.${isTask ? 'taskKind' : 'interaction'}.${about.kind}`, { defaultValue: about.kind })
  if (isTask && about.atMs === null) return t('terms.wording.taskUndated', { kind })
  return t(`terms.wording.${isTask ? 'task' : 'interaction'}`, { kind, at })
}

/** Characters of a value that a message repeats. */
const SAID_MAX = 80

/** The beginning of a text, in one line, for a message about it. */
export function saidShort(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > SAID_MAX ? `${line.slice(0, SAID_MAX - 1).trimEnd()}…` : line
}
