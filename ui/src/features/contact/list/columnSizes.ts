import type { ColumnSizes } from '../../../kit/table/columns'
import { createStore } from '../../../lib/store'

const storageKey = 'quen.people.sizes'

function kept(): ColumnSizes {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? '{}') as ColumnSizes
  } catch {
    return {}
  }
}

/** Widths of columns on this machine; they suit its screen, so they do not travel with the view. */
export const columnSizes = createStore<ColumnSizes>(kept())

columnSizes.subscribe(() => localStorage.setItem(storageKey, JSON.stringify(columnSizes.get())))
