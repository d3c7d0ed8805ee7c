import { createStore } from '../../lib/store'
import type { Shortcut } from '../../lib/shortcuts'
import type { ReactNode } from 'react'

/** Something a person can do here; menus, the palette, keys and the sheet of keys share it. */
export type Action = {
  id: string
  /** What it does, translated. */
  label: string
  /** The group it stands under in the palette and the sheet of keys, translated. */
  group: string
  icon?: ReactNode
  shortcut?: Shortcut
  /** Further keys for it, which the part of the screen hears itself while it has the focus; the sheet of keys tells them. */
  alsoKeys?: readonly Shortcut[]
  /** More words under which the palette finds it. */
  keywords?: string
  isEnabled?: () => boolean
  /** Runs even while a text field has the focus; only for shortcuts with Ctrl or Command. */
  whileTyping?: boolean
  /** Left out of the palette, because it needs the hands on the list. */
  onlyKey?: boolean
  run: () => void
}

/** Actions by the screen part that brought them, the latest last. */
export const actionSets = createStore<ReadonlyMap<symbol, readonly Action[]>>(new Map())

/** Every action that is offered now. Of two with one id or one shortcut, the later screen part wins. */
export function offeredActions(sets: ReadonlyMap<symbol, readonly Action[]> = actionSets.get()): Action[] {
  const taken = new Set<string>()
  const offered: Action[] = []
  for (const action of [...sets.values()].reverse().flat()) {
    const keys = [`id ${action.id}`, ...(action.shortcut ? [`key ${action.shortcut}`] : [])]
    if (keys.some((key) => taken.has(key))) continue
    if (action.isEnabled && !action.isEnabled()) continue
    for (const key of keys) taken.add(key)
    offered.push(action)
  }
  return offered
}

/** Runs an offered action by its id, for buttons that mean the same as a key. False when it is not offered. */
export function runAction(id: string): boolean {
  const action = offeredActions().find((each) => each.id === id)
  action?.run()
  return action !== undefined
}
