import type { Browser, Page } from 'playwright-core'
import { goTo, openBrowser, openPage, picture } from './support/browser'
import { find, foundCentre, overHttp, settled, type Ask } from './support/core'
import { device, relay, stopAll, type Device, type Program } from './support/programs'
import { dirtySheet } from './support/sheet'
import { until } from './support/wait'

// One journey in order: each step stands on the one before it.
describe('two desks in the browser', () => {
  let browser: Browser
  let passing: { url: string; up: () => Promise<Program> }
  let up: Program
  let desk: Device
  let other: Device
  let here: Ask
  let there: Ask
  let page: Page
  let troubles: string[]

  beforeAll(async () => {
    passing = await relay()
    up = await passing.up()
    ;[desk, other] = await Promise.all([device('quan-1'), device('go-vap')])
    here = overHttp(desk)
    there = overHttp(other)
    browser = await openBrowser()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail' && page) await picture(page, `failed-${task.name.slice(0, 24)}`)
  })
  afterAll(async () => {
    await browser?.close()
    await stopAll()
  })

  it('a new device offers to begin, and a second one joins', async () => {
    ;({ page, troubles } = await openPage(browser, desk.url))
    await page.getByRole('button', { name: /Mở trung tâm mới/ }).waitFor()
    await picture(page, '01-welcome')
    await foundCentre(here, there, passing.url)
    await page.reload()
    await page.getByRole('link', { name: 'Nhập danh sách' }).waitFor()
  })

  it('a dirty sheet goes in by keys', async () => {
    await goTo(page, '#/import')
    await page.getByRole('button', { name: 'Chọn tệp' }).waitFor()
    await picture(page, '02-import-start')
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Chọn tệp' }).click()
    await (await choosing).setFiles(dirtySheet())
    await page.getByRole('heading', { name: 'Đọc như thế này đã đúng chưa' }).waitFor()
    await picture(page, '03-import-reading')
    for (const [heading, name] of [
      ['Cột nào là gì', '04-import-columns'],
      ['Chữ trong tệp nghĩa là gì', '05-import-values'],
      ['Nhận ra người cũ, và giá trị chung', '06-import-options'],
    ] as const) {
      await page.keyboard.press('Control+Enter')
      await page.getByRole('heading', { name: heading }).waitFor()
      await picture(page, name)
    }
    await page.getByLabel(/^Chi nhánh/).first().click()
    await page.getByRole('option', { name: 'Quận 1' }).click()
    await page.locator('footer').getByRole('button', { name: 'Xem thử' }).click()
    await page.getByRole('grid', { name: 'Các dòng xem thử' }).waitFor()
    await picture(page, '07-import-check')
    expect(await page.getByRole('tab', { name: /Người mới/ }).textContent()).toMatch(/[1-9]/)
    await page.getByRole('button', { name: /^Nhập \d+ dòng/ }).click()
    await page.getByRole('heading', { name: /^Đã nhập \d+ người/ }).waitFor()
    await picture(page, '08-import-report')
  })

  it('a person is found without marks', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /Tìm người/ }).fill('tran thi duc')
    const hit = page.getByRole('option', { name: /Trần Thị Đức/ }).first()
    await hit.waitFor()
    await picture(page, '09-palette')
    await hit.click()
    await page.getByRole('heading', { name: /Trần Thị Đức/ }).waitFor()
    await picture(page, '10-person')
  })

  it('what is done to a view of one\'s own is taken back by one key', async () => {
    await goTo(page, '#/people')
    await page.getByRole('button', { name: 'Chưa có việc tiếp theo' }).click()
    const view = page.getByRole('tab', { name: 'Cần hẹn' })
    const save = async () => {
      await page.getByRole('button', { name: 'Lưu thành danh sách mới' }).click()
      await page.getByLabel(/^Tên danh sách/).fill('Cần hẹn')
      await page.keyboard.press('Enter')
      await view.waitFor()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    const { waiting } = await here('sync.status', {})
    await save()
    await page.keyboard.press('Control+z')
    await view.waitFor({ state: 'detached' })
    await save()
    await page.getByRole('button', { name: 'Việc với danh sách Cần hẹn' }).click()
    await page.getByRole('menuitem', { name: 'Bỏ danh sách này' }).click()
    await view.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+z')
    await view.waitFor()
    expect((await here('sync.status', {})).waiting).toBe(waiting)
    await page.getByRole('tab', { name: 'Tất cả' }).click()
    await goTo(page, `#/people/${await find(here, 'tran thi duc')}`)
    await page.getByRole('heading', { name: /Trần Thị Đức/ }).waitFor()
  })

  it('a call is logged with its outcome and the next step in three keys', async () => {
    const id = await find(here, 'tran thi duc')
    await page.keyboard.press('l')
    await page.getByRole('group', { name: 'Kết quả thế nào' }).waitFor()
    await page.keyboard.press('1')
    await page.getByRole('group', { name: 'Rồi làm gì tiếp' }).waitFor()
    await page.keyboard.press('1')
    await until('the call and the next step are written', async () => {
      const { entries } = await here('contact.timeline', { id, kinds: [], staff: null, branch: null, offset: 0, limit: 20 })
      const { row } = await here('contact.get', { id })
      return entries.some((entry) => JSON.stringify(entry).includes('"call"')) && row.nextStep !== null
    })
    await picture(page, '11-call-logged')
  })

  it('a task is finished by keys, with its outcome and the next step', async () => {
    const open = async () => (await here('task.list', { owner: null, isDone: false, offset: 0, limit: 50 })).filter((each) => each.contact.fullName === 'Trần Thị Đức')
    const [task] = await open()
    if (!task) throw new Error('the call left no next step')
    const due = new Date()
    due.setMinutes(due.getMinutes() - 5)
    const edits = [{ noun: 'task' as const, contact: task.contact.id, id: task.id, edit: { do: 'change' as const, title: null, owner: null, dueAtMs: due.getTime(), isDueCleared: false, repeat: null } }]
    await here('edit', { edits })
    await goTo(page, '#/today')
    await page.locator('main').getByText(task.title).first().waitFor()
    await page.keyboard.press('d')
    for (const question of ['Kết quả thế nào?', 'Rồi làm gì tiếp?']) {
      await page.getByRole('group', { name: question }).waitFor()
      await page.keyboard.press('1')
    }
    await until('the task is done', async () => (await open()).every((each) => each.id !== task.id))
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /Tìm người/ }).fill('tran thi duc')
    await page.getByRole('option', { name: /Trần Thị Đức/ }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /Trần Thị Đức/ }).waitFor()
  })

  it('what another desk writes is on this screen within a second', async () => {
    const id = await find(there, 'tran thi duc')
    await Promise.all([settled(here), settled(there)])
    const times: number[] = []
    for (const school of ['THCS Trần Phú', 'THCS Lê Lợi', 'THCS Minh Khai', 'THCS Nguyễn Du']) {
      // Right after a round of this desk's own, when a stream of hints that was opened anew would miss what is told.
      await settled(here)
      const started = Date.now()
      await there('edit', { edits: [{ noun: 'contact', id, edit: { do: 'set', field: 'school', value: school } }] })
      await page.locator('[data-fact="school"]').getByText(school).waitFor()
      times.push(Date.now() - started)
    }
    // What else this machine does may cost one of them its second; a hint that is missed costs twenty.
    expect(times.sort((a, b) => a - b)[1]).toBeLessThan(1000)
    expect(Math.max(...times)).toBeLessThan(10_000)
  })

  it('two desks edit one phone while the relay is down, and one key settles it', async () => {
    await settled(here)
    const id = await find(there, 'tran thi duc')
    await up.stop()
    const far = await openPage(browser, `${other.url}`)
    await far.page.getByRole('link', { name: 'Mọi người' }).waitFor()
    await goTo(far.page, `#/people/${id}`)
    await editPhone(far.page, '0903111222')
    await editPhone(page, '0987000111')
    await picture(page, '12-offline')
    up = await passing.up()
    await Promise.all([settled(here), settled(there)])
    await goTo(page, '#/review')
    const conflict = page.getByRole('article', { name: /Trần Thị Đức/ })
    await conflict.waitFor()
    // The guide shows this one: without what was said of earlier steps.
    for (const close of await page.getByRole('status').getByRole('button', { name: 'Đóng' }).all()) await close.click()
    await picture(page, '13-conflict')
    expect(await conflict.getByRole('button').count()).toBe(2)
    await conflict.getByRole('button', { name: /0903 111 222/ }).click()
    await conflict.waitFor({ state: 'detached' })
    await until('both desks hold the chosen phone and no conflict', async () => {
      const pages = await Promise.all([here, there].map((ask) => ask('contact.get', { id })))
      return pages.every((each) => each.conflicts.length === 0 && each.row.phone === '+84903111222')
    })
    expect(far.troubles).toEqual([])
  })

  it('every other screen stands', async () => {
    for (const screen of ['today', 'people', 'review', 'sync', 'settings']) {
      await goTo(page, `#/${screen}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await picture(page, `20-${screen}`)
    }
    expect(troubles).toEqual([])
  })
})

/** Changes the first phone on a person's page, in place. */
async function editPhone(page: Page, phone: string): Promise<void> {
  const fact = page.locator('[data-fact="phone.1"]')
  await fact.getByRole('button').first().click()
  await fact.getByRole('textbox').fill(phone)
  await page.keyboard.press('Enter')
  await fact.getByText(phone.replace(/^(\d{4})(\d{3})(\d{3})$/, '$1 $2 $3')).waitFor()
}
