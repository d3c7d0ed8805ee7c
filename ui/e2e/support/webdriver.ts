import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import type { Ask } from './core'
import { freePort, start, type Program } from './programs'
import { Hopeless, until } from './wait'

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

/** A real window, driven by plain W3C WebDriver. */
export type Window = {
  /** Runs script in the page and gives its answer. */
  run: <T>(script: string, ...args: unknown[]) => Promise<T>
  /** Asks the core behind the window, by the window's own door. */
  ask: Ask
  /** Waits for the first element that matches a CSS selector, and whose text holds `text` when given. */
  find: (selector: string, text?: string) => Promise<string>
  click: (selector: string, text?: string) => Promise<void>
  type: (selector: string, text: string) => Promise<void>
  /** Presses keys wherever the focus is. */
  press: (...keys: string[]) => Promise<void>
  picture: (file: string) => Promise<void>
  close: () => Promise<void>
}

/** No single command to the driver takes longer; the driver itself would wait for ever. */
const COMMAND_MS = 15_000

async function request<T>(method: string, url: string, body?: unknown): Promise<T> {
  const response = await fetch(url, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
    signal: AbortSignal.timeout(COMMAND_MS),
  })
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } }
  if (!response.ok) throw new Error(`${method} ${url}: ${value.error ?? ''} ${value.message ?? ''}`)
  return value
}

let displays = 0

/** A display without a screen; another one each time, since one that was killed leaves its name behind. */
export async function openDisplay(): Promise<{ display: string; program: Program }> {
  const number = 80 + (process.pid % 400) + 400 * displays
  displays += 1
  const program = start('Xvfb', [`:${number}`, '-screen', '0', '1280x800x24', '-nolisten', 'tcp'])
  await until('the display is there', () => fs.existsSync(`/tmp/.X11-unix/X${number}`))
  return { display: `:${number}`, program }
}

/** Opens the desktop program on a display. */
export async function openWindow(binary: string, args: string[], display: string, env: Record<string, string>): Promise<Window> {
  const port = await freePort()
  const driver = start('WebKitWebDriver', [`--port=${port}`], { DISPLAY: display, TAURI_WEBVIEW_AUTOMATION: 'true', ...env })
  const base = `http://127.0.0.1:${port}`
  await until('the driver answers', async () => (await fetch(`${base}/status`)).ok)
  const { sessionId } = await request<{ sessionId: string }>('POST', `${base}/session`, {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args } } },
  })
  const session = `${base}/session/${sessionId}`
  const run = <T>(script: string, ...rest: unknown[]) => request<T>('POST', `${session}/execute/sync`, { script, args: rest })
  const find = (selector: string, text = '') =>
    until(`${selector} with "${text}" is in the window`, async () => {
      const found = await run<Record<string, string> | null>(
        'const [s, t] = arguments; return [...document.querySelectorAll(s)].find((e) => e.textContent.includes(t) || (e.getAttribute("aria-label") ?? "").includes(t)) ?? null',
        selector,
        text,
      )
      return found?.[ELEMENT]
    })
  const press = (...keys: string[]) =>
    request<void>('POST', `${session}/actions`, {
      actions: [{ type: 'key', id: 'keys', actions: [...keys.map((value) => ({ type: 'keyDown', value })), ...keys.toReversed().map((value) => ({ type: 'keyUp', value }))] }],
    })
  const ask: Ask = async (name, args) => {
    // Asked and fetched apart: an asynchronous script whose page goes away is never answered by this driver.
    const key = await run<string>(
      'const [name, args] = arguments; const all = (window.__answers ??= {}); const key = String(performance.timeOrigin) + "-" + Object.keys(all).length; all[key] = null; window.__TAURI_INTERNALS__.invoke("call", { name, args }).then((ok) => { all[key] = { ok } }, (error) => { all[key] = { error } }); return key',
      name,
      args,
    )
    const answer = await until(`${name} is answered`, async () => {
      const look = await run<{ isGone?: true; ok?: never; error?: unknown } | null>('const all = window.__answers; return all && arguments[0] in all ? all[arguments[0]] : { isGone: true }', key)
      if (look?.isGone) throw new Hopeless(`the page went away before ${name} was answered`)
      return look
    })
    if (answer.error !== undefined) throw new Error(`${name}: ${JSON.stringify(answer.error)}`)
    return answer.ok as never
  }
  return {
    run,
    ask,
    find,
    press,
    // A press by place would hit a neighbour while a page still settles, and a file dialogue then blocks the window.
    click: async (selector, text = '') => {
      await until(`${selector} with "${text}" can be pressed`, () =>
        run<boolean>(
          'const [s, t] = arguments; const e = [...document.querySelectorAll(s)].find((e) => e.textContent.includes(t) || (e.getAttribute("aria-label") ?? "").includes(t)); if (!e || e.disabled) return false; e.click(); return true',
          selector,
          text,
        ),
      )
    },
    type: async (selector, text) => {
      await request('POST', `${session}/element/${await find(selector)}/value`, { text })
    },
    // Of the screen, as a person sees it: the driver's own waits for ever where the page is painted without a graphics card.
    picture: async (file) => {
      await run<null>('window.__isPainted = false; requestAnimationFrame(() => requestAnimationFrame(() => { window.__isPainted = true })); return null')
      await until('the page is painted', () => run<boolean>('return window.__isPainted === true'))
      execFileSync('import', ['-display', display, '-window', 'root', file])
    },
    close: async () => {
      await request('DELETE', session).catch(() => undefined)
      await driver.stop()
    },
  }
}
