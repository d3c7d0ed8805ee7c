/** How long somebody who was removed can be taken back, as the core has it. */
export const BIN_MS = 30 * 86_400_000

/** What is left of that time, in milliseconds; never less than nothing. */
export function binLeftMs(deletedAtMs: number, nowMs: number): number {
  return Math.max(0, deletedAtMs + BIN_MS - nowMs)
}
