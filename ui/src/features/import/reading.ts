/** The choices, with the one that was found when it is another. */
export function withOwn(choices: readonly string[], own: string | null): string[] {
  return own === null || choices.includes(own) ? [...choices] : [own, ...choices]
}

/** The character that was typed last, if cells can be parted by it. */
export function typedDelimiter(text: string): string | null {
  const last = Array.from(text).at(-1)
  return last === undefined || last === '"' ? null : last
}
