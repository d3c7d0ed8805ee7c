import type { Calls } from '../../src/ipc/bindings/calls'
import { PATIENCE_MS, until } from './wait'

/** Asks one core, by whatever way leads to it. */
export type Ask = <Name extends keyof Calls>(name: Name, args: Calls[Name]['args']) => Promise<Calls[Name]['result']>

/** The way to a core behind `quen serve`. */
export function overHttp({ origin, token }: { origin: string; token: string }): Ask {
  return async (name, args) => {
    const response = await fetch(`${origin}/api/call`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-quen-token': token },
      body: JSON.stringify({ name, args }),
      // A device that stands still would else say nothing before the whole test is out of time.
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const body: unknown = await response.json()
    if (!response.ok) throw new Error(`${name}: ${JSON.stringify(body)}`)
    return body as Calls[typeof name]['result']
  }
}

/** Makes a centre with two branches on `founder` and lets `second` join it. */
export async function foundCentre(founder: Ask, second: Ask, relayUrl: string): Promise<void> {
  await founder('workspace.create', {
    centre: 'Anh ngữ Sao Mai',
    owner: 'Nguyễn Thị Minh Hà',
    deviceName: 'Quầy Quận 1',
    branches: ['Quận 1', 'Gò Vấp'],
    relayUrl,
  })
  const { branches } = await founder('definition.list', {})
  const invite = await founder('invite.make', { role: 'manager', branches: branches.map((branch) => branch.id) })
  await second('workspace.join', { invite: invite.text, deviceName: 'Quầy Gò Vấp' })
  const knock = await until('the second device knocks', async () => {
    const [first] = await founder('join.list', {})
    if (first) return first
    throw await troubleOf({ founder, second })
  })
  const { fingerprint } = await second('session.get', {})
  if (fingerprint !== null && fingerprint !== knock.fingerprint) throw new Error('the fingerprints differ')
  await founder('join.approve', { id: knock.id })
  await until('the second device is let in', async () => (await second('session.get', {})).stage === 'ready')
}

/** What two devices say of themselves, for whoever reads a run that failed. */
async function troubleOf(asks: Record<string, Ask>): Promise<Error> {
  const said = await Promise.all(
    Object.entries(asks).map(async ([name, ask]) => {
      const { stage } = await ask('session.get', {})
      const status = stage === 'ready' ? await ask('sync.status', {}) : null
      return `${name}: ${stage} ${JSON.stringify(status)}`
    }),
  )
  return new Error(said.join('; '))
}

/** Waits until a device has passed everything on. */
export function settled(ask: Ask): Promise<unknown> {
  return until('the device has passed everything on', async () => {
    const status = await ask('sync.now', {})
    if (status.state === 'synced' && status.waiting === 0) return true
    throw new Error(JSON.stringify(status))
  })
}

/** The id of the one person whom these words find. */
export async function find(ask: Ask, text: string): Promise<string> {
  const [hit] = await until(`${text} is found`, async () => {
    const hits = await ask('contact.search', { text, limit: 5 })
    return hits.length > 0 ? hits : null
  })
  if (!hit) throw new Error('an empty answer')
  return hit.contact.id
}
