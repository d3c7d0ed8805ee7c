/** How long anything may take before a test gives up, in milliseconds. */
export const PATIENCE_MS = Number(process.env.QUEN_E2E_PATIENCE_MS ?? 45_000)
/** How often a condition is looked at. */
const LOOK_EVERY_MS = 100

/** Something without which waiting is in vain. */
export class Hopeless extends Error {}

/** Waits until `look` gives something; what it throws meanwhile counts as not yet, but for `Hopeless`. */
export async function until<T>(what: string, look: () => Promise<T | null | undefined | false> | T | null | undefined | false, patienceMs = PATIENCE_MS): Promise<T> {
  const end = Date.now() + patienceMs
  let last: unknown = null
  while (Date.now() < end) {
    try {
      const seen = await look()
      if (seen) return seen
    } catch (thrown) {
      if (thrown instanceof Hopeless) throw thrown
      last = thrown
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  const why = last instanceof Error ? `; the last try: ${last.message}` : ''
  throw new Error(`waited in vain until ${what}${why}`, { cause: last })
}
