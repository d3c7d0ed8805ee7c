import { useEffect, useRef } from 'react'
import { actionSets, type Action } from './registry'

/** Offers actions for as long as the component is on the screen. Give a memoised list. */
export function useActions(actions: readonly Action[]): void {
  const owner = useRef(Symbol('actions'))
  useEffect(() => {
    const key = owner.current
    actionSets.set((sets) => new Map(sets).set(key, actions))
  }, [actions])
  useEffect(() => {
    const key = owner.current
    return () =>
      actionSets.set((sets) => {
        const left = new Map(sets)
        left.delete(key)
        return left
      })
  }, [])
}
