/** A value outside React that components can watch with `useSyncExternalStore`. */
export type Store<T> = {
  get: () => T
  set: (next: T | ((current: T) => T)) => void
  subscribe: (listener: () => void) => () => void
}

/** Makes a store that tells its listeners only when the value really moved. */
export function createStore<T>(first: T): Store<T> {
  let value = first
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      const moved = typeof next === 'function' ? (next as (current: T) => T)(value) : next
      if (Object.is(moved, value)) return
      value = moved
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
