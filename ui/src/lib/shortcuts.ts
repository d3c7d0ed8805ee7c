/**
 * Keyboard shortcuts as text: `c`, `?`, `g p` (one after the other), `mod+k` (Ctrl, or Command on a Mac), `shift+enter`.
 */
export type Shortcut = string

/** How long the second key of `g p` may take, in milliseconds. */
export const SEQUENCE_MS = 1200

/** Whether this machine says Command where others say Ctrl. */
export function isMac(): boolean {
  return typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform)
}

/** The text of the key that was pressed, in the form shortcuts are written in. */
export function pressedKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase()
  const parts: string[] = []
  if (event.ctrlKey || event.metaKey) parts.push('mod')
  if (event.altKey) parts.push('alt')
  // A sign such as `?` already tells that Shift was held.
  if (event.shiftKey && (key.length > 1 || /^[a-z0-9]$/.test(key))) parts.push('shift')
  return [...parts, key].join('+')
}

/** Whether typing belongs to the focused field, so that single letters are not shortcuts. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
}

const names: Record<string, string> = {
  enter: '↵',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  space: 'Space',
  shift: '⇧',
  alt: 'Alt',
  tab: 'Tab',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  delete: 'Del',
  backspace: '⌫',
}

/** The keys of a shortcut as they stand on the keyboard, one list per stroke. */
export function shortcutKeys(shortcut: Shortcut, mac = isMac()): string[][] {
  return shortcut.split(' ').map((stroke) =>
    stroke.split(/\+(?!$)/).map((key) => {
      if (key === 'mod') return mac ? '⌘' : 'Ctrl'
      return names[key] ?? (key.length === 1 ? key.toUpperCase() : key)
    }),
  )
}

/** What a key does to a waiting sequence: a finished shortcut, a longer sequence to wait for, or nothing. */
export function matchShortcut(
  waiting: string | null,
  key: string,
  shortcuts: readonly Shortcut[],
): { hit: Shortcut } | { wait: string } | null {
  const tried = waiting ? [`${waiting} ${key}`, key] : [key]
  for (const typed of tried) {
    if (shortcuts.includes(typed)) return { hit: typed }
    if (shortcuts.some((shortcut) => shortcut.startsWith(`${typed} `))) return { wait: typed }
  }
  return null
}
