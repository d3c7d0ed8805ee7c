import fs from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { goTo, openBrowser, pictures } from './support/browser'
import { find, overHttp, type Ask } from './support/core'
import { device, stopAll, type Device } from './support/programs'
import { PATIENCE_MS } from './support/wait'

const folder = path.join(pictures, 'screens')

/** How each screen is reached: its address, then what is done there. */
type Screen = { name: string; at: string; act?: (page: Page) => Promise<void> }

/** A key that opens something over the page. */
const pressed = (key: string) => async (page: Page) => {
  await page.keyboard.press(key)
  await page.getByRole('dialog').waitFor()
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
    const busy = (await ask('task.today', {})).overdue[0]?.contact.id ?? rows[0]?.id ?? (await find(ask, 'a'))
    screens = [
      { name: 'today', at: '#/today' },
      { name: 'people', at: '#/people' },
      { name: 'people-none', at: '#/people', act: (page) => page.keyboard.type('/zzzz') },
      { name: 'bin', at: '#/people/bin' },
      { name: 'person', at: `#/people/${busy}` },
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
    const page = await browser.newPage({ viewport: { width, height }, colorScheme, locale: language, reducedMotion: 'reduce' })
    page.setDefaultTimeout(PATIENCE_MS)
    const troubles: string[] = []
    page.on('pageerror', (error) => troubles.push(error.message))
    await page.goto(desk.url)
    for (const { name, at, act } of screens) {
      await page.evaluate(() => sessionStorage.removeItem('quen.people'))
      await page.goto(`${desk.origin}/`)
      await goTo(page, at)
      await page.locator('main').getByRole('heading').first().waitFor()
      await page.waitForLoadState('networkidle')
      await act?.(page)
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: path.join(folder, `${name}.${language}-${colorScheme}-${width}.png`), animations: 'disabled' })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (overflow > 0) troubles.push(`${name} is ${overflow} px wider than the screen`)
    }
    await page.close()
    expect(troubles).toEqual([])
  })
})
