import { fold } from '../../lib/vietnamese'
import type { Action } from '../../kit/actions/registry'

/** How well an action answers what was typed: lower is better, null is not at all. */
function rank(action: Action, query: string): number | null {
  if (!query) return 0
  const label = fold(action.label)
  if (label.startsWith(query)) return 0
  if (label.includes(` ${query}`)) return 1
  const words = `${label} ${fold(action.keywords ?? '')}`
  return query.split(' ').every((word) => words.includes(word)) ? 2 : null
}

/** The actions that answer what was typed, best first; order is kept among equals. */
export function matchingActions(actions: readonly Action[], typed: string): Action[] {
  const query = fold(typed)
  return actions
    .filter((action) => !action.onlyKey)
    .map((action) => ({ action, rank: rank(action, query) }))
    .filter((each): each is { action: Action; rank: number } => each.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map((each) => each.action)
}

/** Actions under the name of their group, groups in order of their first action. */
export function grouped(actions: readonly Action[]): [string, Action[]][] {
  const groups = new Map<string, Action[]>()
  for (const action of actions) groups.set(action.group, [...(groups.get(action.group) ?? []), action])
  return [...groups]
}
