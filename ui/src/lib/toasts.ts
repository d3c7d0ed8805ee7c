import { createStore } from './store'

/** A short message at the foot of the window. */
export type Toast = {
  id: number
  kind: 'done' | 'error' | 'info'
  message: string
  detail?: string
  /** Offered as the button "Undo". */
  undo?: () => void
}

/** At most this many stand on the screen; older ones go. */
const TOASTS_MAX = 3

let lastId = 0

/** The messages now on the screen, oldest first. */
export const toasts = createStore<readonly Toast[]>([])

/** Shows a message and returns its id. */
export function showToast(toast: Omit<Toast, 'id'>): number {
  lastId += 1
  const shown = { ...toast, id: lastId }
  toasts.set((current) => [...current.slice(1 - TOASTS_MAX), shown])
  return lastId
}

/** Changes a message that still stands; it stays for another while. */
export function changeToast(id: number, change: Partial<Omit<Toast, 'id'>>): void {
  toasts.set((current) => current.map((toast) => (toast.id === id ? { ...toast, ...change } : toast)))
}

/** Takes a message away. */
export function dropToast(id: number): void {
  toasts.set((current) => current.filter((toast) => toast.id !== id))
}
