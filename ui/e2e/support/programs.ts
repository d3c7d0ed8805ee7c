import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { Hopeless, until } from './wait'

const ui = path.join(import.meta.dirname, '../..')

/** Where the built programs are. */
export const binDir = path.resolve(process.env.QUEN_BIN_DIR ?? path.join(ui, '../target/debug'))
/** The built screens. */
export const uiDir = path.resolve(process.env.QUEN_UI_DIR ?? path.join(ui, 'dist'))

/** A program that runs, with what it said so far. */
export type Program = {
  said: () => string
  stop: () => Promise<void>
  isAlive: () => boolean
  /** Asks it to end, as the system does at log-out. */
  terminate: () => void
  /** The code with which it ended; null if it was killed. */
  code: () => Promise<number | null>
}

const running = new Set<ChildProcess>()
const folders: string[] = []

/** Whoever stops the tests half-way leaves nothing behind. */
function endAtOnce(): void {
  for (const child of running) if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true })
}
process.once('exit', endAtOnce)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1))

/** A new folder, removed at the end. */
export function newFolder(name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `quen-e2e-${name}-`))
  folders.push(folder)
  return folder
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

/** Starts a program in a process group of its own, so that it ends with all its children. */
export function start(command: string, args: string[], env: Record<string, string> = {}): Program {
  const child = spawn(command, args, { env: { ...process.env, ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let said = ''
  child.on('error', (error) => (said += String(error)))
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes: Buffer) => (said += bytes.toString()))
  child.on('exit', () => running.delete(child))
  const over = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { said: () => said, stop: () => end(child), isAlive: () => running.has(child), terminate: () => child.kill('SIGTERM'), code: () => over }
}

async function end(child: ChildProcess): Promise<void> {
  if (!running.has(child) || child.pid === undefined) return
  const over = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, 'SIGKILL')
  await over
}

/** Ends everything that was started and removes its folders. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map(end))
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true })
}

/** The relay, on an address that stays the same when it is started again. */
export async function relay() {
  const data = newFolder('relay')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const up = async (): Promise<Program> => {
    const program = start(path.join(binDir, 'quen-relay'), ['--data', data, '--listen', `127.0.0.1:${port}`])
    await until('the relay answers', async () => {
      if (!program.isAlive()) throw new Hopeless(`a program ended early: ${program.said()}`)
      return (await fetch(`${url}/health`)).ok
    })
    return program
  }
  return { url, up }
}

/** A device behind `quen serve`: its data folder and the address to open. On a folder that is known it starts again.
 * A locked one is given no passphrase and finds no key store. */
export async function device(name: string, { data = newFolder(name), isLocked = false }: { data?: string; isLocked?: boolean } = {}) {
  const program = start(
    path.join(binDir, 'quen'),
    ['--data', data, '--json', 'serve', '--listen', '127.0.0.1:0', '--ui', uiDir],
    isLocked ? { DBUS_SESSION_BUS_ADDRESS: 'disabled:' } : { QUEN_PASSPHRASE: `e2e passphrase of ${name}` },
  )
  const address = await until(`the device ${name} serves`, () => {
    if (!program.isAlive()) throw new Hopeless(`a program ended early: ${program.said()}`)
    const line = program.said().split('\n').find((each) => each.startsWith('{"'))
    return line ? (JSON.parse(line) as { url: string; token: string }) : null
  })
  return { data, program, url: address.url, token: address.token, origin: new URL(address.url).origin }
}

/** One such device. */
export type Device = Awaited<ReturnType<typeof device>>
