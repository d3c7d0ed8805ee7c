import type { Definitions } from '../../../ipc/bindings/Definitions'
import { fieldLabel, splitField, wordsByField } from '../../../lib/terms'

/** How a field is written and compared. */
export type FieldType =
  | 'text' | 'long' | 'choice' | 'branch' | 'staff' | 'suggest' | 'tag' | 'date' | 'instant' | 'number' | 'birthday' | 'flag'

/** One of the values that a field may take. */
export type Choice = { value: string; label: string }

/** What the screens know about a field. */
export type Field = {
  key: string
  label: string
  type: FieldType
  /** What may be chosen, or what is proposed while typing. */
  choices: readonly Choice[]
}

/** Says the words of a key. */
export type Say = (key: string, options?: Record<string, unknown>) => string

/** How people are addressed. */
export const honorifics = ['anh', 'chị', 'em', 'bé', 'cô', 'chú', 'bác', 'ông', 'bà'] as const
/** What a consent is for. */
export const purposes = ['marketing', 'care', 'photo'] as const
/** What an interest may be about. */
export const interestKinds = ['course', 'goal', 'schedule', 'language', 'channel'] as const
const relations = ['guardian', 'child', 'sibling', 'referredBy', 'referred'] as const
const channels = ['phone', 'email', 'sms', 'zalo'] as const

const types: Record<string, FieldType> = {
  fullName: 'text', honorific: 'suggest', kind: 'choice', status: 'choice', branch: 'branch', owner: 'staff', source: 'suggest',
  campaign: 'text', birthOn: 'date', gender: 'choice', school: 'suggest', level: 'suggest', address: 'text', channel: 'choice',
  externalId: 'text', note: 'long', phone: 'text', email: 'text', zalo: 'text', facebook: 'text', tag: 'tag', interest: 'tag',
  age: 'number', birthday: 'birthday', createdAt: 'instant', updatedAt: 'instant', statusSince: 'instant', lastInteractionAt: 'instant',
  nextStepAt: 'instant', nextStep: 'text', consent: 'choice', relation: 'choice', hasConflict: 'flag', tags: 'tag',
  deleted: 'flag', guardian: 'text', sibling: 'text', referredBy: 'text', mergedWith: 'text', apart: 'text',
}

/** Fields that a filter can ask about, in the order in which they are offered. */
export const filterFieldKeys = [
  'status', 'statusSince', 'kind', 'branch', 'owner', 'tag', 'source', 'level', 'school', 'lastInteractionAt', 'nextStepAt', 'createdAt',
  'updatedAt', 'fullName', 'phone', 'email', 'gender', 'interest', 'interest.course', 'interest.goal', 'interest.schedule', 'interest.language', 'interest.channel', 'birthOn', 'age', 'birthday', 'consent', 'relation', 'hasConflict',
] as const

const customTypes: Record<string, FieldType> = { number: 'number', date: 'date', choice: 'choice', yesNo: 'choice' }

const asChoices = (values: readonly string[]): Choice[] => values.map((value) => ({ value, label: value }))

function choicesOf(key: string, definitions: Definitions | undefined, say: Say): readonly Choice[] {
  const said = (prefix: string, values: readonly string[]) => values.map((value) => ({ value, label: say(`fields.${prefix}.${value}`) }))
  const words = wordsByField[key]
  if (words) return words.map((value) => ({ value, label: say(`terms.${key}.${value}`) }))
  switch (key) {
    case 'relation': return said('relation', relations)
    case 'consent': return said('purpose', purposes)
    case 'channel': return said('channelName', channels)
    case 'honorific': return asChoices(honorifics)
    case 'branch': return (definitions?.branches ?? []).map(({ id, name }) => ({ value: id, label: name }))
    case 'owner': return (definitions?.staff ?? []).filter((each) => each.isActive).map(({ id, name }) => ({ value: id, label: name }))
    case 'source': return asChoices(definitions?.sources ?? [])
    case 'level': return asChoices(definitions?.levels ?? [])
    case 'school': return asChoices(definitions?.schools ?? [])
    case 'tag': case 'tags': return (definitions?.tags ?? []).map(({ id, label }) => ({ value: id, label }))
    default: return []
  }
}

/** What the screens know about the field `key`; a point such as `phone.1` counts as `phone`. */
export function fieldOf(key: string, definitions: Definitions | undefined, say: Say): Field {
  if (key.startsWith('custom.')) {
    const custom = definitions?.fields.find((each) => each.field === key)
    const yesNo = [{ value: 'yes', label: say('fields.yes') }, { value: 'no', label: say('fields.no') }]
    return {
      key,
      label: custom?.label ?? key,
      type: customTypes[custom?.kind ?? ''] ?? 'text',
      choices: custom?.kind === 'yesNo' ? yesNo : asChoices(custom?.choices ?? []),
    }
  }
  if (key.startsWith('interest.')) {
    const about = say(`fields.interestKind.${key.slice('interest.'.length)}`)
    return { key, label: `${fieldLabel(say, 'interest')}: ${about}`, type: 'text', choices: [] }
  }
  const base = key.split('.')[0] ?? key
  return { key, label: fieldLabel(say, splitField(key).place ? key : base), type: types[base] ?? 'text', choices: choicesOf(base, definitions, say) }
}
