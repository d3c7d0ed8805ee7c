import fs from 'node:fs'
import path from 'node:path'
import { pictures } from './support/browser'
import { find, foundCentre, overHttp, settled, type Ask } from './support/core'
import { binDir, device, newFolder, relay, start, stopAll, type Program } from './support/programs'
import { dirtySheet } from './support/sheet'
import { Hopeless, until } from './support/wait'
import { openDisplay, openWindow, type Window } from './support/webdriver'

const ENTER = '\uE007'
const CONTROL = '\uE009'

// The same journey as in the browser, in the window that people get. Its file dialogue belongs to the system, so
// the cells are pasted.
describe('the desktop window and a desk', () => {
  let passing: { url: string; up: () => Promise<Program> }
  let up: Program
  let window: Window
  let there: Ask

  beforeAll(async () => {
    fs.mkdirSync(pictures, { recursive: true })
    passing = await relay()
    up = await passing.up()
    there = overHttp(await device('go-vap'))
    const { display } = await openDisplay()
    const home = newFolder('window')
    window = await openWindow(path.join(binDir, 'quen-desktop'), [], display, {
      HOME: home,
      XDG_DATA_HOME: path.join(home, 'data'),
      XDG_CONFIG_HOME: path.join(home, 'config'),
      XDG_CACHE_HOME: path.join(home, 'cache'),
      QUEN_DATA: path.join(home, 'quen'),
      QUEN_PASSPHRASE: 'e2e passphrase of the window',
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    })
  })
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || !window) return
    const name = `failed-window-${task.name.slice(0, 24)}`
    await see(name).catch(() => undefined)
    const states = await Promise.allSettled(
      [window.ask, there].map(async (ask) => ({ sync: await ask('sync.status', {}), conflicts: await ask('conflict.list', { offset: 0, limit: 10 }) })),
    )
    fs.writeFileSync(path.join(pictures, `${name}.json`), JSON.stringify({ states, relay: up.said() }, null, 2))
  })
  afterAll(async () => {
    await window?.close()
    await stopAll()
  })

  const see = (name: string) => window.picture(path.join(pictures, `window-${name}.png`))
  const goTo = (screen: string) => window.run<null>('location.hash = arguments[0]; return null', screen)

  it('opens on the first start and founds a centre that another desk joins', async () => {
    await window.find('button', 'Mở trung tâm mới')
    await see('01-welcome')
    await foundCentre(window.ask, there, passing.url)
    await window.run<null>('location.reload(); return null')
    await window.find('a', 'Nhập danh sách')
  })

  it('pasted cells become people', async () => {
    await goTo('#/import')
    await window.find('button', 'Dán từ bảng tính')
    const cells = fs.readFileSync(dirtySheet(), 'utf8').replace('\ufeff', '').replaceAll(';', '\t')
    // Typing would move the focus at every tab; a person pastes.
    await window.run<null>(
      'const d = new DataTransfer(); d.setData("text/plain", arguments[0]); document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: d, bubbles: true, cancelable: true })); return null',
      cells.split('\r\n').slice(3).join('\n'),
    )
    await window.find('h2', 'Đọc như thế này đã đúng chưa')
    for (const heading of ['Cột nào là gì', 'Chữ trong tệp nghĩa là gì', 'Nhận ra người cũ']) {
      await window.press(CONTROL, ENTER)
      await window.find('h2', heading)
    }
    await see('02-options')
    await window.press(CONTROL, ENTER)
    await window.find('[role="grid"]')
    await see('03-check')
    await window.click('footer button', 'dòng')
    await window.find('h2', 'Đã nhập')
    await see('04-report')
  })

  it('a person is found without marks and a call is logged in three keys', async () => {
    await window.press(CONTROL, 'k')
    await window.type('[role="combobox"]', 'tran thi duc')
    await window.find('[role="option"]', 'Trần Thị Đức')
    await window.press(ENTER)
    await window.find('h1', 'Trần Thị Đức')
    const id = await find(window.ask, 'tran thi duc')
    await until('the palette is closed', () => window.run<boolean>('return document.querySelector("[role=dialog]") === null'))
    await window.press('l')
    await window.find('[role="group"]', 'Kết quả thế nào')
    await window.press('1')
    await window.find('[role="group"]', 'Rồi làm gì tiếp')
    await window.press('1')
    await until('the next step is written', async () => (await window.ask('contact.get', { id })).row.nextStep)
    await see('05-person')
  })

  it('two desks edit one phone while the relay is down, and one key settles it', async () => {
    const id = await find(window.ask, 'tran thi duc')
    await settled(window.ask)
    await find(there, 'tran thi duc')
    await up.stop()
    const set = (value: string) => ({ edits: [{ noun: 'contact' as const, id, edit: { do: 'set' as const, field: 'phone.1', value } }] })
    await there('edit', set('0903111222'))
    await window.click('[data-fact="phone.1"] button')
    await window.find('[data-fact="phone.1"] input')
    await window.press(CONTROL, 'a')
    await window.type('[data-fact="phone.1"] input', '0987000111')
    await window.press(ENTER)
    await window.find('[data-fact="phone.1"]', '0987 000 111')
    up = await passing.up()
    await Promise.all([settled(window.ask), settled(there)])
    await goTo('#/review')
    await window.find('article', 'Trần Thị Đức')
    await see('06-conflict')
    const kept = (await window.ask('conflict.list', { offset: 0, limit: 10 })).rows[0]?.versions[0]?.value
    await window.press('1')
    await until('both hold the chosen phone and no conflict', async () => {
      const pages = await Promise.all([window.ask, there].map((ask) => ask('contact.get', { id })))
      return pages.every((page) => page.conflicts.length === 0 && page.row.phone === kept)
    })
    await see('07-settled')
  })
})

// Without a driver: how the program begins and ends where no session bus tells it anything.
describe('the window between starts', () => {
  const shape = { width: 900, height: 700, x: 40, y: 30, prev_x: 0, prev_y: 0, maximized: false, visible: true, decorated: true, fullscreen: false }

  afterAll(stopAll)

  async function home() {
    const { display } = await openDisplay()
    const folder = newFolder('starts')
    const kept = path.join(folder, 'config/vn.quen.desktop/.window-state.json')
    fs.mkdirSync(path.dirname(kept), { recursive: true })
    fs.writeFileSync(kept, JSON.stringify({ main: shape }))
    const data = path.join(folder, 'quen')
    const env = {
      DISPLAY: display,
      HOME: folder,
      XDG_DATA_HOME: path.join(folder, 'data'),
      XDG_CONFIG_HOME: path.join(folder, 'config'),
      XDG_CACHE_HOME: path.join(folder, 'cache'),
      QUEN_DATA: data,
      QUEN_PASSPHRASE: 'e2e passphrase of the window',
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      RUST_LOG: 'quen_desktop=info',
    }
    const hungAt = () => fs.statSync(path.join(data, 'front.sock'), { throwIfNoEntry: false })?.ctimeMs
    const open = async () => {
      const before = hungAt()
      const program = start(path.join(binDir, 'quen-desktop'), [], env)
      await until('the window listens for second starts', () => {
        if (!program.isAlive()) throw new Hopeless(`the window ended early: ${program.said()}`)
        const now = hungAt()
        return now !== undefined && now !== before
      })
      return program
    }
    return { data, env, kept, open }
  }

  it('a second start raises the first window and ends; log-out keeps where the window stood and closes the database', async () => {
    const { data, env, kept, open } = await home()
    const first = await open()
    const second = start(path.join(binDir, 'quen-desktop'), [], env)
    expect(await second.code()).toBe(0)
    expect(second.said()).toBe('')
    expect(first.said()).toContain('called the window to the front')
    fs.rmSync(kept)
    first.terminate()
    expect(await first.code()).toBe(0)
    expect((JSON.parse(fs.readFileSync(kept, 'utf8')) as { main: typeof shape }).main).toMatchObject({ width: shape.width, height: shape.height })
    expect(fs.readdirSync(data).filter((name) => /wal|shm|sock/.test(name))).toEqual([])

    // And one that was killed leaves nothing that keeps the next one out.
    await (await open()).stop()
    expect(fs.existsSync(path.join(data, 'front.sock'))).toBe(true)
    const next = await open()
    next.terminate()
    expect(await next.code()).toBe(0)
  })
})
