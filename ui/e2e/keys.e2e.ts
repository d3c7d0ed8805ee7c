import type { Browser, FileChooser, Page } from 'playwright-core'
import { openBrowser, openPage, picture } from './support/browser'
import { find, foundCentre, overHttp, settled, type Ask } from './support/core'
import { device, relay, stopAll, type Device, type Program } from './support/programs'
import { dirtySheet } from './support/sheet'
import { until } from './support/wait'

/** So many presses of Tab lead anywhere on a screen. */
const TABS_MAX = 160

/** Moves the focus on by Tab until it stands on what a selector names. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < TABS_MAX; pressed += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never led to ${selector}`)
}

// The whole main journey without a mouse: each step stands on the one before it.
describe('the main journey by keys alone', () => {
  let browser: Browser
  let passing: { url: string; up: () => Promise<Program> }
  let up: Program
  let desk: Device
  let here: Ask
  let there: Ask
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    passing = await relay()
    up = await passing.up()
    const [one, two] = await Promise.all([device('khong-chuot'), device('ban-kia')])
    desk = one
    here = overHttp(one)
    there = overHttp(two)
    browser = await openBrowser()
    await foundCentre(here, there, passing.url)
    ;({ page, troubles } = await openPage(browser, desk.url))
    await page.getByRole('link', { name: 'Nhập danh sách' }).waitFor()
    // A click that a key makes has no pointer; one of these would be a hand on the mouse.
    await page.evaluate(() => document.addEventListener('pointerdown', () => document.body.setAttribute('data-mouse', ''), true))
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail' && page) await picture(page, `failed-keys-${task.name.slice(0, 24)}`)
  })
  afterAll(async () => {
    await browser?.close()
    await stopAll()
  })

  it('a sheet goes in', async () => {
    // The first page stands a moment before its keys do.
    await until('the keys lead to the import', async () => {
      await page.keyboard.type('gi')
      return page.getByRole('button', { name: 'Chọn tệp' }).isVisible()
    })
    let chooser: FileChooser | undefined
    page.once('filechooser', (opened) => (chooser = opened))
    // The screen stands a moment before its keys do, as it would under a person's eyes.
    const dialogue = await until('the file dialogue opens', async () => {
      if (!chooser) await page.keyboard.press('o')
      return chooser
    })
    await dialogue.setFiles(dirtySheet())
    for (const heading of ['Đọc như thế này đã đúng chưa', 'Cột nào là gì', 'Chữ trong tệp nghĩa là gì', 'Nhận ra người cũ, và giá trị chung']) {
      await page.getByRole('heading', { name: heading }).waitFor()
      await page.keyboard.press('Control+Enter')
    }
    await page.getByRole('gridcell', { name: 'Nguyễn Văn An' }).waitFor()
    await tabTo(page, '[role="grid"]')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: 'Dòng 6' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('complementary', { name: 'Dòng 6' }).waitFor({ state: 'detached' })
    // The list still has the focus, and the key goes on to the next step all the same.
    await page.keyboard.press('Control+Enter')
    await page.getByRole('heading', { name: /^Đã nhập \d+ người/ }).waitFor()
    // One pupil stands in the sheet twice: seven rows, six people, and the report says so.
    await page.getByText('1 dòng nói về người đã có ở dòng trên').waitFor()
    await picture(page, '30-keys-report')
  })

  it('every dialog of the list gives the focus back to it', async () => {
    await page.keyboard.type('gp')
    const isOnList = () => page.evaluate(() => document.activeElement?.getAttribute('role') === 'grid')
    await until('the list has the focus', isOnList)
    for (const key of ['c', 's', 't', 'Delete', '?', 'Control+k']) {
      await page.keyboard.press(key)
      await page.getByRole('dialog').waitFor()
      await until(`the dialog of ${key} has the focus`, () => page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null))
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await until(`the list has the focus after ${key}`, isOnList)
    }
  })

  it('a person is found and opened', async () => {
    // A fast hand waits for nothing.
    await page.keyboard.press('Control+k')
    await page.keyboard.type('tran thi duc')
    await page.getByRole('option', { name: /Trần Thị Đức/ }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /Trần Thị Đức/ }).waitFor()
  })

  it('a call is logged in three keys, and a task is added', async () => {
    const id = await find(here, 'tran thi duc')
    await page.keyboard.press('l')
    await page.getByRole('group', { name: 'Kết quả thế nào' }).waitFor()
    await page.keyboard.press('3')
    await page.getByRole('group', { name: 'Rồi làm gì tiếp' }).waitFor()
    await page.keyboard.press('6')
    await until('the call is written', async () => (await here('contact.get', { id })).timelineCounts.call === 1)
    await page.keyboard.press('n')
    await page.getByRole('textbox', { name: 'Việc cần làm' }).waitFor()
    await page.keyboard.type('Gọi mẹ bé')
    await page.keyboard.press('Enter')
    await until('the task stands', async () => (await here('contact.get', { id })).tasks.some((task) => task.title === 'Gọi mẹ bé'))
  })

  it('somebody who walks in is entered with guardian and wish', async () => {
    await page.keyboard.press('c')
    // Letters with marks come from an input method, which needs a field.
    await until('the form takes letters', () => page.evaluate(() => document.activeElement?.closest('[role="dialog"] input') != null))
    await page.keyboard.type('Lê Gia Hân')
    await page.keyboard.press('Tab')
    await page.keyboard.type('0977 123 456')
    await page.keyboard.press('Tab')
    await page.keyboard.type('15/3/2014')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Thêm người' }).waitFor({ state: 'detached' })
    const id = await find(here, 'le gia han')
    const { row, timelineCounts } = await here('contact.get', { id })
    expect([row.phone, row.birthOn, timelineCounts.meeting]).toEqual(['+84977123456', '2014-03-15', 1])
    await page.keyboard.press('Control+z')
    await until('one undo takes it all back', async () => (await here('contact.search', { text: 'le gia han', limit: 5 })).length === 0)
  })

  it('one phone is edited on two desks apart, and one key settles it', async () => {
    await settled(here)
    const id = await find(there, 'tran thi duc')
    await up.stop()
    await there('edit', { edits: [{ noun: 'contact', id, edit: { do: 'set', field: 'phone.1', value: '0903111222' } }] })
    await tabTo(page, '[data-fact="phone.1"] button')
    await page.keyboard.press('Enter')
    await page.locator('[data-fact="phone.1"]').getByRole('textbox').waitFor()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('0987000111')
    await page.keyboard.press('Enter')
    await page.locator('[data-fact="phone.1"]').getByText('0987 000 111').waitFor()
    up = await passing.up()
    await Promise.all([settled(here), settled(there)])
    await page.keyboard.press('Escape')
    await page.keyboard.type('gr')
    const conflict = page.getByRole('article', { name: /Trần Thị Đức/ })
    await conflict.waitFor()
    await picture(page, '31-keys-conflict')
    const values = await conflict.getByRole('button').allTextContents()
    await page.keyboard.press(String(values.findIndex((text) => text.includes('0903 111 222')) + 1))
    await conflict.waitFor({ state: 'detached' })
    await until('both desks hold the chosen phone', async () => {
      await Promise.all([here('sync.now', {}), there('sync.now', {})])
      const pages = await Promise.all([here, there].map((ask) => ask('contact.get', { id })))
      return pages.every((each) => each.conflicts.length === 0 && each.row.phone === '+84903111222')
    })
    expect(await page.evaluate(() => document.body.hasAttribute('data-mouse'))).toBe(false)
    expect(troubles).toEqual([])
  })
})
