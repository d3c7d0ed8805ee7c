import type { ImportDraft } from '../../ipc/bindings/ImportDraft'
import type { ImportMapping } from '../../ipc/bindings/ImportMapping'
import type { ImportValue } from '../../ipc/bindings/ImportValue'
import { createStore } from '../../lib/store'
import { columnIssues, matchedTargets } from './targets'

/** The steps in order. */
export const steps = ['file', 'reading', 'columns', 'values', 'options', 'check', 'run'] as const

/** One of them. */
export type Step = (typeof steps)[number]

/** An import that is being set up. */
export type Wizard = {
  draft: ImportDraft
  mapping: ImportMapping
  step: Step
  /** The farthest step that was reached; all up to it can be opened directly. */
  reached: Step
}

/** What the import page shows: the start, an import that is set up, or one that runs or ran. */
export type ImportScreen = { kind: 'start' } | { kind: 'setup'; wizard: Wizard } | { kind: 'run'; importId: string; fileName: string }

/** Kept outside the screen, so that leaving it loses nothing. */
export const importScreen = createStore<ImportScreen>({ kind: 'start' })

const at = (step: Step) => steps.indexOf(step)

/** Begins with a file that was opened. */
export function beginWizard(draft: ImportDraft): Wizard {
  return { draft, mapping: draft.mapping, step: 'reading', reached: 'reading' }
}

/** Takes the file read in another way; columns are understood anew, the options chosen so far stay. */
export function withReading(wizard: Wizard, draft: ImportDraft): Wizard {
  const { columns, confidence, values, dateOrder } = draft.mapping
  return { ...wizard, draft, mapping: { ...wizard.mapping, columns, confidence, values, dateOrder }, reached: 'reading' }
}

/** Sends a column somewhere else. A person's choice is sure. */
export function withTarget(wizard: Wizard, column: number, target: string): Wizard {
  const columns = wizard.draft.header.map((_, index) => (index === column ? target : (wizard.mapping.columns[index] ?? 'ignore')))
  const confidence = wizard.draft.header.map((_, index) => (index === column ? 100 : (wizard.mapping.confidence[index] ?? 0)))
  return { ...wizard, mapping: { ...wizard.mapping, columns, confidence }, reached: 'columns' }
}

/** Says what a word of the sheet means; undefined forgets it. */
export function withValue(wizard: Wizard, target: string, raw: string, ours: string | undefined): Wizard {
  const known = { ...wizard.mapping.values[target] }
  if (ours === undefined) delete known[raw]
  else known[raw] = ours
  return { ...wizard, mapping: { ...wizard.mapping, values: { ...wizard.mapping.values, [target]: known } } }
}

/** Writes proposals down where nobody has decided yet. The same wizard when there are none. */
export function withGuesses(wizard: Wizard, target: string, values: readonly ImportValue[]): Wizard {
  const known = wizard.mapping.values[target] ?? {}
  const fresh = values.flatMap((value) => (value.guess !== null && !(value.raw in known) ? [[value.raw, value.guess] as const] : []))
  if (fresh.length === 0) return wizard
  const all = { ...Object.fromEntries(fresh), ...known }
  return { ...wizard, mapping: { ...wizard.mapping, values: { ...wizard.mapping.values, [target]: all } } }
}

/** Changes options. */
export function withOptions(wizard: Wizard, options: Partial<ImportMapping>): Wizard {
  return { ...wizard, mapping: { ...wizard.mapping, ...options } }
}

/** Columns whose words are matched with ours. */
export function matchedColumns(wizard: Wizard): { column: number; target: string }[] {
  return wizard.mapping.columns.flatMap((target, column) =>
    (matchedTargets as readonly string[]).includes(target) ? [{ column, target }] : [],
  )
}

/** The steps of this import: without words to match that step falls away. */
export function stepsOf(wizard: Wizard): Step[] {
  return steps.filter((step) => step !== 'values' || matchedColumns(wizard).length > 0)
}

/** Whether the import can go on from its step. */
export function canGoOn(wizard: Wizard): boolean {
  if (wizard.step === 'reading') return wizard.draft.rowCount > 0
  if (wizard.step === 'columns') return !columnIssues(wizard.mapping.columns).some((issue) => issue.kind === 'noName')
  return true
}

/** Opens a step that was reached before. */
export function goTo(wizard: Wizard, step: Step): Wizard {
  return at(step) <= at(wizard.reached) ? { ...wizard, step } : wizard
}

/** Goes one step on. */
export function goOn(wizard: Wizard): Wizard {
  const own = stepsOf(wizard)
  const next = own[own.indexOf(wizard.step) + 1]
  if (!next || !canGoOn(wizard)) return wizard
  return { ...wizard, step: next, reached: at(next) > at(wizard.reached) ? next : wizard.reached }
}

/** Goes one step back; null from the first, where the file is chosen. */
export function goBack(wizard: Wizard): Wizard | null {
  const own = stepsOf(wizard)
  const before = own[own.indexOf(wizard.step) - 1]
  return before && before !== 'file' ? { ...wizard, step: before } : null
}
