import fs from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { barriers } from './support/access'
import { goTo, openBrowser, openPage, picture, pictures } from './support/browser'
import { find, overHttp, settled } from './support/core'
import { device, relay, stopAll, type Device } from './support/programs'

// The only laptop of a centre is lost: what was printed brings everything back on another one.
describe('a recovery kit', () => {
  let browser: Browser
  let passing: Awaited<ReturnType<typeof relay>>
  let laptop: Device
  let page: Page
  let troubles: string[]
  let shot: Buffer

  beforeAll(async () => {
    passing = await relay()
    await passing.up()
    laptop = await device('laptop')
    browser = await openBrowser()
    const ask = overHttp(laptop)
    await ask('workspace.create', { centre: 'Anh ngữ Sao Mai', owner: 'Nguyễn Thị Minh Hà', deviceName: 'Laptop', branches: ['Quận 1', 'Gò Vấp'], relayUrl: passing.url })
    const { branches } = await ask('definition.list', {})
    const [id] = await ask('contact.newIds', { branch: branches[1]?.id ?? null, count: 1 })
    if (!id) throw new Error('no identifier')
    const facts = [{ field: 'fullName', value: 'Trần Thị Đức' }, { field: 'branch', value: branches[1]?.id ?? '' }]
    await ask('edit', { edits: [{ noun: 'contact', id, edit: { do: 'create', facts, tags: [] } }] })
    await settled(ask)
  })
  afterAll(async () => {
    await browser?.close()
    await stopAll()
  })

  it('is offered quietly, made by keys, and printed black on white', async () => {
    ;({ page, troubles } = await openPage(browser, laptop.url))
    await page.getByText('Trung tâm chưa có bộ khôi phục.').waitFor()
    await picture(page, 'kit-banner')
    await page.getByRole('link', { name: 'Tạo bộ khôi phục' }).click()
    await page.getByRole('button', { name: 'Tạo bộ khôi phục' }).click()
    await page.getByRole('button', { name: 'Tạo và hiện ra' }).waitFor()
    await picture(page, 'kit-before')
    await page.keyboard.press('Enter')
    await page.getByText('Máy trung chuyển đã nhận. Bộ này dùng được từ bây giờ.').waitFor()
    await page.getByText(/^Bộ khôi phục, tạo ngày/).waitFor()
    await picture(page, 'kit-made')
    expect(await barriers(page, 'kit-made')).toEqual([])
    const ask = overHttp(laptop)
    const { settings } = await ask('session.get', {})
    await ask('session.settings', { ...settings, language: 'en' })
    await page.getByRole('button', { name: 'Make one more' }).waitFor()
    await picture(page, 'kit-made-english')
    await ask('session.settings', settings)
    await page.getByRole('button', { name: 'Tạo thêm một bộ' }).waitFor()
    shot = await page.getByRole('img', { name: 'Mã QR của bộ khôi phục' }).first().screenshot()
    // On paper it is the same from a dark screen.
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await page.setViewportSize({ width: 794, height: 1123 })
    await page.screenshot({ path: path.join(pictures, 'kit-paper.png') })
    expect(await page.getByRole('heading', { name: 'Anh ngữ Sao Mai' }).isVisible()).toBe(true)
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false)
    fs.writeFileSync(path.join(pictures, 'kit-paper.pdf'), await page.pdf({ preferCSSPageSize: true }))
    expect(troubles).toEqual([])
    await page.close()
    await laptop.program.stop()
    fs.rmSync(laptop.data, { recursive: true })
  })

  it('brings the centre back from a picture of its QR code', async () => {
    const other = await device('other')
    ;({ page, troubles } = await openPage(browser, other.url))
    await page.getByRole('button', { name: 'Mất hết thiết bị? Dùng bộ khôi phục' }).click()
    await picture(page, 'kit-recover')
    expect(await barriers(page, 'kit-recover')).toEqual([])
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Đọc mã QR từ ảnh' }).click()
    await (await choosing).setFiles({ name: 'to-giay.png', mimeType: 'image/png', buffer: shot })
    await expect.poll(() => page.getByLabel(/^Bộ khôi phục/).inputValue()).toMatch(/^QUENKIT1:/)
    await page.getByLabel(/^Tên thiết bị này/).fill('Laptop mới')
    await page.keyboard.press('Enter')
    await page.getByText('Bộ khôi phục đã được dùng. Hãy tạo bộ mới.').waitFor()
    const ask = overHttp(other)
    await settled(ask)
    expect(await find(ask, 'tran thi duc')).toBeTruthy()
    await goTo(page, '#/sync')
    await page.getByText(/Vào bằng bộ khôi phục ngày/).waitFor()
    await page.getByText(/Đã dùng ngày/).waitFor()
    await picture(page, 'kit-used')
    expect(await barriers(page, 'kit-used')).toEqual([])
    expect(troubles).toEqual([])
    await page.close()
  })
})
