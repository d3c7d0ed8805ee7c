import type { ImportCounts } from '../../ipc/bindings/ImportCounts'
import type { Tone } from '../../kit/StatusDot'

/** What may become of a row, in the order in which people want to know it. */
export const outcomes = ['new', 'updated', 'unchanged', 'duplicate', 'error'] as const

/** One of them. */
export type Outcome = (typeof outcomes)[number]

/** The colour of an outcome; its word stands beside it. */
export const outcomeTones: Readonly<Record<Outcome, Tone>> = {
  new: 'success',
  updated: 'info',
  unchanged: 'neutral',
  duplicate: 'warning',
  error: 'danger',
}

const stateTones: Readonly<Record<string, Tone>> = {
  draft: 'neutral',
  checked: 'neutral',
  running: 'accent',
  paused: 'warning',
  done: 'success',
  failed: 'danger',
  undone: 'neutral',
}

/** The colour of an import's state. */
export const stateTone = (state: string): Tone => stateTones[state] ?? 'neutral'

/** Whether nothing was written yet, so that the setting up can go on. */
export const isDraft = (state: string) => state === 'draft' || state === 'checked'

/** The outcome as one of ours; what a newer core may say counts as unchanged. */
export const asOutcome = (outcome: string): Outcome => outcomes.find((each) => each === outcome) ?? 'unchanged'

/** How many rows there are in all. */
export const countAll = (counts: ImportCounts): number => outcomes.reduce((sum, outcome) => sum + counts[outcome], 0)
