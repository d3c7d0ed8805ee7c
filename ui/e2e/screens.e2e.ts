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

/** How each screen is reached: its address, then what is done there. */
type Screen = { name: string; at: string; act?: (page: Page) => Promise<void> }

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

/** What is looked at: every language, light and dark, on a desk and on a phone. */
const looks = [
  { language: 'vi', colorScheme: 'light', width: 1280, height: 800 },
  { language: 'vi', colorScheme: 'dark', width: 1280, height: 800 },
  { language: 'vi', colorScheme: 'light', width: 390, height: 844 },
  { language: 'vi', colorScheme: 'dark', width: 390, height: 844 },
  { language: 'en', colorScheme: 'light', width: 1280, height: 800 },
] as const

// Pictures of every screen with the sample centre, kept as artefacts; what a picture can show by rule is checked here.
describe('every screen with the sample centre', () => {
  let browser: Browser
  let desk: Device
  let ask: Ask
  let screens: Screen[]

  beforeAll(async () => {
    fs.mkdirSync(folder, { recursive: true })
    desk = await device('sample')
    ask = overHttp(desk)
    await ask('workspace.sample', {})
    browser = await openBrowser()
    const { rows } = await ask('contact.list', { view: { filter: { is: 'all', of: [] }, search: '', sort: [], groupBy: null, columns: [] }, offset: 0, limit: 1 })
    const busy = (await ask('task.today', { limit: 1 })).overdue[0]?.contact.id ?? rows[0]?.id ?? (await find(ask, 'a'))
    screens = [
      { name: 'today', at: '#/today' },
      { name: 'people', at: '#/people' },
      { name: 'people-none', at: '#/people', act: noneFound },
      { name: 'bin', at: '#/people/bin' },
      { name: 'person', at: `#/people/${busy}` },
      { name: 'person-missing', at: `#/people/${'0'.repeat(26)}` },
      { name: 'import', at: '#/import' },
      { name: 'review', at: '#/review' },
      { name: 'sync', at: '#/sync' },
      { name: 'settings', at: '#/settings' },
      { name: 'nowhere', at: '#/nowhere' },
      { name: 'palette', at: '#/today', act: pressed('Control+k') },
      { name: 'keys', at: '#/today', act: pressed('?') },
      { name: 'new', at: '#/people', act: pressed('c') },
    ]
  })
  afterAll(async () => {
    await browser?.close()
    await stopAll()
  })

  it.each(looks)('$language, $colorScheme, $width wide', async ({ language, colorScheme, width, height }) => {
    const { settings } = await ask('session.get', {})
    await ask('session.settings', { ...settings, language, theme: 'system' })
    const { page, shoot, troubles } = await opened(browser, desk.url, { language, colorScheme, width, height } as Look)
    for (const { name, at, act } of screens) {
      await page.evaluate(() => sessionStorage.removeItem('quen.people'))
      await page.goto(`${desk.origin}/`)
      await goTo(page, at)
      await page.locator('main').getByRole('heading').first().waitFor()
      await page.waitForLoadState('networkidle')
      await act?.(page)
      await page.waitForLoadState('networkidle')
      await shoot(name)
    }
    await page.close()
    expect(troubles).toEqual([])
  })

  it.each(looks)('every step of an import: $language, $colorScheme, $width wide', async (look) => {
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
async function opened(browser: Browser, url: string, { language, colorScheme, width, height }: Look) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, locale: language, reducedMotion: 'reduce' })
  page.setDefaultTimeout(PATIENCE_MS)
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  await page.goto(url)
  const shoot = async (name: string) => {
    await page.screenshot({ path: path.join(folder, `${name}.${language}-${colorScheme}-${width}.png`), animations: 'disabled' })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (overflow > 0) troubles.push(`${name} is ${overflow} px wider than the screen`)
    if (language === 'vi') troubles.push(...(await barriers(page, name)))
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

  it.each(looks)('$language, $colorScheme, $width wide', async (look) => {
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
