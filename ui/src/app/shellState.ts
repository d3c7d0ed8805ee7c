import { createStore } from '../lib/store'

const storageKey = 'quen.nav'

/** Whether the navigation shows icons only. Remembered on this machine. */
export const isNavCollapsed = createStore(localStorage.getItem(storageKey) === 'collapsed')

isNavCollapsed.subscribe(() => localStorage.setItem(storageKey, isNavCollapsed.get() ? 'collapsed' : 'open'))

/** What floats above the screens: at most one at a time. */
export type Overlay = 'palette' | 'keys' | 'quickAdd' | 'more' | null

/** The overlay that is open now. */
export const overlay = createStore<Overlay>(null)
