/** Local `yyyy-MM-ddTHH:mm` as an instant; null when it is no time or lies ahead. */
export function readWhen(text: string, nowMs: number): number | null {
  const at = text ? new Date(text).getTime() : Number.NaN
  return Number.isNaN(at) || at > nowMs ? null : at
}

/** An instant as the local `yyyy-MM-ddTHH:mm` that a field for times takes. */
export function localMinute(atMs: number): string {
  const at = new Date(atMs)
  return new Date(atMs - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
