const PREFIX = 'quen.draft.'

/** What was typed and not yet saved under a key, or null. Survives a reload of the window, not its end. */
export function readDraft(key: string | undefined): string | null {
  return key ? sessionStorage.getItem(PREFIX + key) : null
}

/** Keeps what was typed. */
export function keepDraft(key: string | undefined, text: string): void {
  if (key) sessionStorage.setItem(PREFIX + key, text)
}

/** Forgets what was typed. */
export function dropDraft(key: string | undefined): void {
  if (key) sessionStorage.removeItem(PREFIX + key)
}
