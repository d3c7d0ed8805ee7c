import fs from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { barriers } from './support/access'
import { goTo, openBrowser, pictures } from './support/browser'
import { find, overHttp, type Ask } from './support/core'
import { device, stopAll, type Device } from './support/programs'
import { dirtySheet } from './support/sheet'
import { PATIENCE_MS } from './support/wait'

const folder = path.join(pictures, 'screens')

/** How each screen is reached: its address, then what is done there; on a page that is loaded anew where the one before left something open. */
type Screen = { name: string; at: string; act?: (page: Page) => Promise<void>; isFresh?: boolean }

/** A key that opens something over the page. */
const pressed = (key: string) => async (page: Page) => {
  await page.keyboard.press(key)
  await page.getByRole('dialog').waitFor()
}

/** Words that fit nobody; the rows go once the core has answered. */
const noneFound = async (page: Page) => {
  await page.locator('main input[placeholder]').first().fill('zzzz')
  await page.getByRole('grid').getByRole('heading').waitFor()
}

/** Two rows are chosen, where rows can be chosen. */
const chooseSome = async (page: Page) => {
  const boxes = page.getByRole('grid').getByRole('checkbox')
  await page.getByRole('row').nth(2).waitFor()
  for (const at of [1, 2]) if ((await boxes.count()) > at) await boxes.nth(at).click()
}

/** How long one look at all screens may take on a busy machine, in milliseconds. */
const LOOK_MS = 240_000

/** What is looked at: every language, on a desk and on a phone; each screen is pictured light and dark while it stands. */
const looks = [
  { language: 'vi', width: 1280, height: 800 },
  { language: 'vi', width: 390, height: 844 },
  { language: 'en', width: 1280, height: 800 },
  { language: 'en', width: 390, height: 844 },
] as const

/** The tab of this number, of the first row of tabs on the page. */
const tab = (number: number) => async (page: Page) => {
  await page.locator('main [role=tablist]').first().getByRole('tab').nth(number).click()
}

/** A press on what has this text, where it is there at all. */
const folded = async (page: Page) => {
  const fold = page.locator('main [aria-expanded=false]').filter({ hasText: /lần|times/ }).first()
  await fold.click()
}

/** Somebody of whom more is known than fits anywhere: a long name, long words, many tags, edits in a row. */
async function enterLong(ask: Ask): Promise<string> {
  const [id] = await ask('contact.newIds', { branch: null, count: 1 })
  if (!id) throw new Error('no identifier')
  const facts = Object.entries({
    fullName: 'Công Tằng Tôn Nữ Nguyễn Thị Hoàng Phương Quỳnh Như Thiên Kim',
    'phone.1': '0912345678',
    'email.1': 'cong.tang.ton.nu.nguyen.thi.hoang.phuong@truong-quoc-te-viet-nam.edu.vn',
    school: 'Trường Trung học phổ thông chuyên Lê Hồng Phong Thành phố Hồ Chí Minh',
    address: 'Số 123/45/67 đường Cách Mạng Tháng Tám nối dài, phường Hiệp Bình, thành phố Hồ Chí Minh',
  }).map(([field, value]) => ({ field, value }))
  const tags = ['Học bổng toàn phần khoá hè dành cho học viên cũ giới thiệu', 'IELTS', 'Học thử', 'Quan tâm lớp cuối tuần', 'Ưu tiên']
  await ask('edit', { edits: [{ noun: 'contact', id, edit: { do: 'create', facts, tags } }] })
  for (const level of ['Starters', 'Movers', 'Flyers']) {
    await ask('edit', { edits: [{ noun: 'contact', id, edit: { do: 'set', field: 'level', value: level } }] })
  }
  const body = 'Phụ huynh hỏi rất kỹ về lộ trình, học phí, giờ học và chính sách bảo lưu. '.repeat(6)
  const interaction = await ask('contact.newIds', { branch: null, count: 2 })
  await ask('edit', { edits: [
    { noun: 'interaction', contact: id, id: interaction[0] ?? '', edit: { do: 'record', kind: 'call', happenedAtMs: null, direction: 'out', outcome: 'callBack', body } },
    { noun: 'task', contact: id, id: interaction[1] ?? '', edit: { do: 'add', kind: 'call', title: 'Gọi lại cho mẹ bé về lịch học cuối tuần, học phí khoá hè và giấy xác nhận của trường', dueAtMs: Date.now() - 90 * 60_000, owner: null, repeat: 'weekly' } },
  ] })
  return id
}

// Pictures of every screen with the sample centre, kept as artefacts; what a picture can show by rule is checked here.
describe('every screen with the sample centre', () => {
  let browser: Browser
  let desk: Device
  let ask: Ask
  let screens: Screen[]
  let long: string

  beforeAll(async () => {
    fs.mkdirSync(folder, { recursive: true })
    desk = await device('sample')
    ask = overHttp(desk)
    await ask('workspace.sample', {})
    browser = await openBrowser()
    const { rows } = await ask('contact.list', { view: { filter: { is: 'all', of: [] }, search: '', sort: [], groupBy: null, columns: [] }, offset: 0, limit: 1 })
    long = await enterLong(ask)
    const busy = (await ask('task.today', { limit: 1 })).overdue[0]?.contact.id ?? rows[0]?.id ?? (await find(ask, 'a'))
    screens = [
      { name: 'today', at: '#/today' },
      { name: 'people', at: '#/people' },
      { name: 'people-chosen', at: '#/people', act: chooseSome },
      { name: 'people-none', at: '#/people', act: noneFound, isFresh: true },
      { name: 'bin', at: '#/people/bin', isFresh: true },
      { name: 'person', at: `#/people/${busy}` },
      { name: 'person-long', at: `#/people/${long}`, act: folded },
      { name: 'person-missing', at: `#/people/${'0'.repeat(26)}` },
      { name: 'import', at: '#/import' },
      { name: 'review', at: '#/review' },
      { name: 'sync', at: '#/sync' },
      { name: 'settings', at: '#/settings' },
      { name: 'settings-branches', at: '#/settings', act: tab(1) },
      { name: 'settings-staff', at: '#/settings', act: tab(2) },
      { name: 'settings-fields', at: '#/settings', act: tab(3) },
      { name: 'settings-tags', at: '#/settings', act: tab(4) },
      { name: 'nowhere', at: '#/nowhere' },
      { name: 'palette', at: '#/today', act: pressed('Control+k'), isFresh: true },
      { name: 'keys', at: '#/today', act: pressed('?'), isFresh: true },
      { name: 'new', at: '#/people', act: pressed('c'), isFresh: true },
    ]
  })
  afterAll(async () => {
    await browser?.close()
    await stopAll()
  })

  it.each(looks)('$language, $width wide', async (look) => {
    const { settings } = await ask('session.get', {})
    await ask('session.settings', { ...settings, language: look.language, theme: 'system' })
    const { page, shoot, troubles } = await opened(browser, desk.url, look)
    for (const { name, at, act, isFresh } of screens) {
      if (isFresh) {
        await page.evaluate(() => sessionStorage.removeItem('quen.people'))
        await page.goto(`${desk.origin}/`)
      }
      await goTo(page, at)
      await page.locator('main').getByRole('heading').first().waitFor()
      await page.waitForLoadState('networkidle')
      if (act) {
        await act(page)
        await page.waitForLoadState('networkidle')
      }
      await shoot(name)
    }
    await page.close()
    expect(troubles).toEqual([])
  }, LOOK_MS)

  it('the buttons of a task take no room of its words, and on a phone they are always shown', async () => {
    await ask('session.settings', { ...(await ask('session.get', {})).settings, language: 'vi' })
    const { page } = await opened(browser, desk.url, looks[0])
    await goTo(page, `#/people/${long}`)
    const aside = page.getByRole('complementary', { name: 'Việc và quan hệ' })
    const more = aside.getByRole('button', { name: 'Việc khác' }).first()
    await more.waitFor({ state: 'attached' })
    const look = () =>
      more.evaluate((button) => {
        const hands = button.parentElement as HTMLElement
        const line = hands.parentElement as HTMLElement
        const right = (of: Element | null | undefined) => of?.getBoundingClientRect().right ?? 0
        return { left: Math.round(right(line) - right(line.children[1])), opacity: getComputedStyle(hands).opacity }
      })
    expect(await look()).toEqual({ left: 0, opacity: '0' })
    await page.waitForLoadState('networkidle')
    await more.focus()
    await expect.poll(look).toEqual({ left: 0, opacity: '1' })
    await page.setViewportSize(looks[1])
    await page.getByRole('tab', { name: 'Việc và quan hệ' }).click()
    await more.evaluate((button) => button.blur())
    expect((await look()).opacity).toBe('1')
    await page.close()
  })

  it.each(looks)('every step of an import: $language, $width wide', async (look) => {
    const { settings } = await ask('session.get', {})
    await ask('session.settings', { ...settings, language: look.language, theme: 'system' })
    const { page, shoot, troubles } = await opened(browser, desk.url, look)
    await goTo(page, '#/import')
    const choosing = page.waitForEvent('filechooser')
    await page.locator('main section button').first().click()
    await (await choosing).setFiles(dirtySheet())
    const now = page.locator('[aria-current="step"]')
    await now.waitFor({ state: 'attached' })
    for (const step of ['reading', 'columns', 'values', 'options']) {
      const said = await now.textContent()
      await page.waitForLoadState('networkidle')
      await shoot(`import-${step}`)
      if (step === 'options') break
      await page.keyboard.press('Control+Enter')
      await page.waitForFunction((before) => document.querySelector('[aria-current="step"]')?.textContent !== before, said)
    }
    await page.keyboard.press('Control+Enter')
    await page.getByRole('grid').waitFor()
    await page.waitForLoadState('networkidle')
    await shoot('import-check')
    await page.getByRole('row').nth(1).click()
    await page.waitForLoadState('networkidle')
    await shoot('import-row')
    await page.close()
    expect(troubles).toEqual([])
  })
})

type Look = (typeof looks)[number]

/** A page in one look, with how it is pictured and what went wrong on it. */
async function opened(browser: Browser, url: string, { language, width, height }: Look) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: 'light', locale: language, reducedMotion: 'reduce' })
  page.setDefaultTimeout(PATIENCE_MS)
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  await page.goto(url)
  const shoot = async (name: string) => {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (overflow > 0) troubles.push(`${name} is ${overflow} px wider than the screen`)
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      // Nothing moves here; to look for what does would take seconds right after every colour has changed.
      await page.screenshot({ path: path.join(folder, `${name}.${language}-${colorScheme}-${width}.png`) })
      if (language === 'vi') troubles.push(...(await barriers(page, `${name}, ${colorScheme}`, colorScheme === 'light')))
    }
  }
  return { page, shoot, troubles }
}

// Before there is a centre, and before it is open.
describe('the first screens', () => {
  let browser: Browser
  let fresh: Device
  let locked: Device
  let unused: Device

  beforeAll(async () => {
    fs.mkdirSync(folder, { recursive: true })
    browser = await openBrowser()
    fresh = await device('fresh')
    unused = await device('unused', { isLocked: true })
    const founded = await device('founded')
    await overHttp(founded)('workspace.create', { centre: 'Anh ngữ Sao Mai', owner: 'Nguyễn Thị Minh Hà', deviceName: 'Quầy Quận 1', branches: ['Quận 1'], relayUrl: null })
    await founded.program.stop()
    locked = await device('founded', { data: founded.data, isLocked: true })
  })
  afterAll(async () => {
    await browser?.close()
    await stopAll()
  })

  it.each(looks)('$language, $width wide', async (look) => {
    const isVi = look.language === 'vi'
    // A locked device keeps no settings that can be read: it speaks the language of the browser.
    const ask = overHttp(fresh)
    const { settings } = await ask('session.get', {})
    await ask('session.settings', { ...settings, language: look.language, theme: 'system' })
    const welcome = await opened(browser, fresh.url, look)
    const create = welcome.page.getByRole('button', { name: isVi ? /Mở trung tâm mới/ : /Create a centre|new centre/i })
    await create.waitFor()
    await welcome.shoot('welcome')
    await create.click()
    await welcome.page.getByRole('textbox').first().waitFor()
    await welcome.shoot('welcome-create')
    await welcome.page.reload()
    await welcome.page.getByRole('button', { name: isVi ? /lời mời/ : /invite/i }).first().click()
    await welcome.page.getByRole('textbox').first().waitFor()
    await welcome.shoot('welcome-join')
    await welcome.page.reload()
    await welcome.page.getByRole('button', { name: isVi ? /bộ khôi phục/ : /recovery kit/ }).click()
    await welcome.page.getByRole('textbox').first().waitFor()
    await welcome.shoot('welcome-recover')
    const choose = await opened(browser, unused.url, look)
    if (!isVi) await choose.page.getByText('English').click()
    await choose.page.getByRole('button', { name: isVi ? /Mở trung tâm mới/ : /Create a centre/ }).click()
    await choose.page.locator('input[type=password]').first().waitFor()
    await choose.shoot('welcome-passphrase')
    const unlock = await opened(browser, locked.url, look)
    await unlock.page.locator('input[type=password]').first().waitFor()
    await unlock.shoot('unlock')
    expect([...welcome.troubles, ...choose.troubles, ...unlock.troubles]).toEqual([])
    await welcome.page.close()
    await choose.page.close()
    await unlock.page.close()
  })
})
