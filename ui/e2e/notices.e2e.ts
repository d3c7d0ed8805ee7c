import path from 'node:path'
import { ulid } from 'ulid'
import { overHttp } from './support/core'
import { binDir, device, newFolder, start, stopAll, type Program } from './support/programs'
import { until } from './support/wait'
import { openDisplay } from './support/webdriver'

const NAME = 'desk-with-notices'
const TITLE = 'Gọi lại cho mẹ bé Bông'

/** A session bus of its own, with a real notification server on it and somebody who writes down what passes. */
async function openBus(display: string): Promise<{ env: Record<string, string>; heard: () => string }> {
  const bus = start('dbus-daemon', ['--session', '--nofork', '--print-address'])
  const address = await until('the bus tells its address', () => /^unix:.*$/m.exec(bus.said())?.[0])
  const home = newFolder('bus')
  const env = { DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: address, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, XDG_DATA_HOME: home }
  const monitor = start('dbus-monitor', ['--address', address], env)
  const server = start('dunst', [], env)
  await until('the notification server has its name', () => {
    if (!server.isAlive()) throw new Error(server.said())
    return monitor.said().includes('org.freedesktop.Notifications')
  })
  return { env, heard: monitor.said }
}

/** The data of a desk with one task whose time has come, with nobody at it. */
async function deskWithDueTask(): Promise<string> {
  const { data, program, ...at } = await device(NAME)
  const ask = overHttp(at)
  await ask('workspace.create', { centre: 'Anh ngữ Sao Mai', owner: 'Nguyễn Thị Minh Hà', deviceName: 'Quầy', branches: ['Quận 1'], relayUrl: null })
  const [contact] = await ask('contact.newIds', { branch: null, count: 1 })
  if (!contact) throw new Error('no identifier')
  const task = { do: 'add', kind: 'call', title: TITLE, dueAtMs: Date.now() - 60_000, owner: null, repeat: null } as const
  await ask('edit', {
    edits: [
      { noun: 'contact', id: contact, edit: { do: 'create', tags: [], facts: [{ field: 'fullName', value: 'Trần Thị Đức' }] } },
      { noun: 'task', contact, id: ulid(), edit: task },
    ],
  })
  await program.stop()
  return data
}

describe('the desktop on a session bus', () => {
  let open: () => Program
  let first: Program
  let heard: () => string

  beforeAll(async () => {
    const { display } = await openDisplay()
    const bus = await openBus(display)
    heard = bus.heard
    const env = { ...bus.env, QUEN_DATA: await deskWithDueTask(), QUEN_PASSPHRASE: `e2e passphrase of ${NAME}` }
    open = () => start(path.join(binDir, 'quen-desktop'), [], env)
    first = open()
  })
  afterAll(stopAll)

  it('tells the system of a task whose time has come', async () => {
    await until('the notification server is told', () => {
      if (!first.isAlive()) throw new Error(first.said())
      return heard().includes('member=Notify')
    })
    await until('of whom and of what', () => heard().includes(TITLE) && heard().includes('Trần Thị Đức'))
  })

  it('opens no second window on the same folder', async () => {
    const second = open()
    await until('the second start is over', () => !second.isAlive())
    expect(first.isAlive()).toBe(true)
  })
})
