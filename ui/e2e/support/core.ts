import type { Calls } from '../../src/ipc/bindings/calls'
import { until } from './wait'

/** Asks a core behind `quen serve`. */
export async function ask<Name extends keyof Calls>(
  core: { origin: string; token: string },
  name: Name,
  args: Calls[Name]['args'],
): Promise<Calls[Name]['result']> {
  const response = await fetch(`${core.origin}/api/call`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-quen-token': core.token },
    body: JSON.stringify({ name, args }),
  })
  const body = (await response.json()) as Calls[Name]['result']
  if (!response.ok) throw new Error(`${name}: ${JSON.stringify(body)}`)
  return body
}

type Core = { origin: string; token: string }

/** Makes a centre with two branches on `founder` and lets `second` join it. */
export async function foundCentre(founder: Core, second: Core, relayUrl: string): Promise<void> {
  await ask(founder, 'workspace.create', {
    centre: 'Anh ngữ Sao Mai',
    owner: 'Nguyễn Thị Minh Hà',
    deviceName: 'Quầy Quận 1',
    branches: ['Quận 1', 'Gò Vấp'],
    relayUrl,
  })
  const { branches } = await ask(founder, 'definition.list', {})
  const invite = await ask(founder, 'invite.make', { role: 'manager', branches: branches.map((branch) => branch.id) })
  await ask(second, 'workspace.join', { invite: invite.text, deviceName: 'Quầy Gò Vấp' })
  const knock = await until('the second device knocks', async () => (await ask(founder, 'join.list', {}))[0])
  const { fingerprint } = await ask(second, 'session.get', {})
  if (fingerprint !== null && fingerprint !== knock.fingerprint) throw new Error('the fingerprints differ')
  await ask(founder, 'join.approve', { id: knock.id })
  await until('the second device is let in', async () => (await ask(second, 'session.get', {})).stage === 'ready')
}

/** Waits until a device has passed everything on. */
export function settled(core: Core): Promise<unknown> {
  return until('the device has passed everything on', async () => {
    const status = await ask(core, 'sync.now', {})
    return status.state === 'synced' && status.waiting === 0
  })
}

/** The id of the one person whom these words find. */
export async function find(core: Core, text: string): Promise<string> {
  const [hit] = await until(`${text} is found`, async () => {
    const hits = await ask(core, 'contact.search', { text, limit: 5 })
    return hits.length > 0 ? hits : null
  })
  if (!hit) throw new Error('an empty answer')
  return hit.contact.id
}
