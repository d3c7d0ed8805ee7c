/** What a person typed, pasted or photographed, without what stands between its groups. */
const compact = (text: string) => text.replace(/[\s-]/g, '').toLowerCase()

/** Whether a text is meant as a recovery kit, of whatever version. */
export function looksLikeKit(text: string): boolean {
  return /^quenkit\d*(:|$)/.test(compact(text))
}

/** Whether a text is meant as an invite, of whatever version. */
export function looksLikeInvite(text: string): boolean {
  return /^quen\d+:/.test(compact(text))
}

/** A text of a kit or an invite as it stands on paper: how it begins, then groups of four in capitals. */
export function groupsOf(text: string): { scheme: string; groups: string[] } {
  const end = text.indexOf(':') + 1
  return { scheme: text.slice(0, end).toUpperCase(), groups: text.slice(end).toUpperCase().match(/.{1,4}/g) ?? [] }
}

/** By what a paper and a line of the list are known to be the same kit. */
export function kitNumber(id: string): string {
  return id.slice(0, 6).toUpperCase()
}
