import type { SavedView } from '../../../ipc/bindings/SavedView'
import type { ViewSpec } from '../../../ipc/bindings/ViewSpec'
import { createStore } from '../../../lib/store'

/** Columns of a view that names none. */
export const usualColumns = ['fullName', 'status', 'phone', 'branch', 'owner', 'lastInteractionAt', 'nextStep']

/** A view of everyone. */
export const everyone: ViewSpec = { filter: { is: 'all', of: [] }, search: '', sort: [], groupBy: null, columns: [] }

/** Where the list of people stands; the page of a person walks along it. */
export type ListState = {
  /** The saved view that was opened; null is everyone. */
  viewId: string | null
  spec: ViewSpec
  /** The row the keys stand on. */
  index: number
  /** How many match, as far as the list knows. */
  total: number
  /** Values of the groups that are folded away. */
  folded: readonly string[]
}

const storageKey = 'quen.people'
const columnsKey = 'quen.people.columns'
const fresh: ListState = { viewId: null, spec: everyone, index: 0, total: 0, folded: [] }

function kept(): ListState {
  try {
    const text = sessionStorage.getItem(storageKey)
    return text ? { ...fresh, ...(JSON.parse(text) as Partial<ListState>) } : unsaved()
  } catch {
    return fresh
  }
}

/** The list of everyone, with the columns that were last chosen for it on this machine. */
function unsaved(): ListState {
  try {
    const columns = JSON.parse(localStorage.getItem(columnsKey) ?? '[]') as string[]
    return { ...fresh, spec: { ...everyone, columns } }
  } catch {
    return fresh
  }
}

/** The list as it was left; a reload of the window keeps it. */
export const listState = createStore<ListState>(kept())

listState.subscribe(() => sessionStorage.setItem(storageKey, JSON.stringify(listState.get())))

/** Opens a saved view, or everyone. */
export function openView(view: SavedView | null): void {
  listState.set((state) => ({ ...fresh, total: state.total, viewId: view?.id ?? null, spec: view?.view ?? unsaved().spec }))
}

/** Opens the list of everyone with a filter. */
export function openFilter(filter: ViewSpec['filter']): void {
  listState.set((state) => ({ ...fresh, total: state.total, spec: { ...unsaved().spec, filter } }))
}

/** Changes what the list shows; the keys go back to the top. */
export function changeSpec(part: Partial<ViewSpec>): void {
  listState.set((state) => ({ ...state, index: 0, spec: { ...state.spec, ...part } }))
}

/** Changes how the list is laid out, not who is in it. */
export function changeColumns(columns: string[]): void {
  listState.set((state) => ({ ...state, spec: { ...state.spec, columns } }))
  if (listState.get().viewId === null) localStorage.setItem(columnsKey, JSON.stringify(columns))
}

/** Folds or unfolds a group. */
export function foldGroup(key: string): void {
  listState.set((state) => ({
    ...state,
    folded: state.folded.includes(key) ? state.folded.filter((each) => each !== key) : [...state.folded, key],
  }))
}

/** The columns of a view, never none. */
export function columnsOf(spec: ViewSpec): string[] {
  return spec.columns.length > 0 ? spec.columns : usualColumns
}

/** Whether a view was changed since it was saved. */
export function isChanged(spec: ViewSpec, saved: ViewSpec): boolean {
  return JSON.stringify({ ...spec, search: '' }) !== JSON.stringify({ ...saved, search: '' })
}

/** `columns` with `id` moved before `before`. */
export function movedColumn(columns: readonly string[], id: string, before: string): string[] {
  if (id === before || !columns.includes(id) || !columns.includes(before)) return [...columns]
  const rest = columns.filter((each) => each !== id)
  const goesRight = columns.indexOf(id) < columns.indexOf(before)
  const at = rest.indexOf(before) + (goesRight ? 1 : 0)
  return [...rest.slice(0, at), id, ...rest.slice(at)]
}
