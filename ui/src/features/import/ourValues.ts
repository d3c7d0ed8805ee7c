import type { Definitions } from '../../ipc/bindings/Definitions'
import { wordsByField } from '../../lib/terms'

/** One of our values to choose. */
export type OurValue = { value: string; label: string }

type Translate = (key: string) => string

/** The values of ours among which a word of the sheet finds its meaning. */
export function ourValues(t: Translate, target: string, definitions: Definitions): OurValue[] {
  const plain = (values: readonly string[]) => values.map((value) => ({ value, label: value }))
  if (target === 'branch') return definitions.branches.map((branch) => ({ value: branch.id, label: branch.name }))
  if (target === 'owner') return definitions.staff.filter((staff) => staff.isActive).map((staff) => ({ value: staff.id, label: staff.name }))
  if (target === 'source') return plain(definitions.sources)
  if (target === 'level') return plain(definitions.levels)
  return (wordsByField[target] ?? []).map((word) => ({ value: word, label: t(`terms.${target}.${word}`) }))
}

/** Targets whose own words of the sheet may stay as they are. */
export const keepsWords = (target: string) => target === 'source' || target === 'level'
