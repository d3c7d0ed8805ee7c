import type { Browser } from 'playwright-core'
import { openBrowser, openPage, picture } from './support/browser'
import { overHttp } from './support/core'
import { device, stopAll } from './support/programs'

// A computer whose system keeps no keys: the newcomer chooses a passphrase, and is let in with it from then on.
describe('the first start without a key store', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await stopAll()
  })

  it('leads behind a chosen passphrase to the centre, and the next start asks for it', async () => {
    const first = await device('without-keys', { isLocked: true })
    const { page, troubles } = await openPage(browser, first.url)
    await page.getByRole('button', { name: /Mở trung tâm mới/ }).click()
    await page.getByLabel(/^Mật khẩu/).fill('sáu con mèo')
    await page.getByLabel(/^Gõ lại/).fill('sáu con mèo')
    await picture(page, 'start-passphrase')
    await page.keyboard.press('Enter')
    await page.getByLabel(/^Tên trung tâm/).fill('Anh ngữ Sao Mai')
    await page.getByLabel(/^Họ tên của bạn/).fill('Nguyễn Thị Minh Hà')
    await page.getByLabel('Chi nhánh 1').fill('Quận 1')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Nhập danh sách' }).waitFor()
    expect(troubles).toEqual([])
    await page.close()
    await first.program.stop()

    const again = await device('without-keys', { data: first.data, isLocked: true })
    const next = (await openPage(browser, again.url)).page
    await next.getByRole('heading', { name: 'Dữ liệu đang khoá' }).waitFor()
    await next.getByLabel(/^Mật khẩu/).fill('sáu con mèo')
    await next.keyboard.press('Enter')
    await next.getByRole('link', { name: 'Nhập danh sách' }).waitFor()
    await next.close()
  })

  it('whoever waits with an invite may go back and begin otherwise', async () => {
    const [founder, other] = await Promise.all([device('founder'), device('other')])
    const ask = overHttp(founder)
    await ask('workspace.create', { centre: 'Anh ngữ Sao Mai', owner: 'Nguyễn Thị Minh Hà', deviceName: 'Quầy Quận 1', branches: ['Quận 1'], relayUrl: 'http://127.0.0.1:9' })
    const invite = (await ask('invite.make', { role: 'staff', branches: [] })) as { text: string; qrSvg: string }
    const { page } = await openPage(browser, other.url)
    await page.getByRole('button', { name: /Vào bằng lời mời/ }).click()
    const code = await browser.newPage()
    await code.setContent(`<div style="width: 300px; padding: 40px">${invite.qrSvg}</div>`)
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Đọc mã QR từ ảnh' }).click()
    await (await choosing).setFiles({ name: 'ma.png', mimeType: 'image/png', buffer: await code.screenshot() })
    await code.close()
    const typed = page.getByLabel(/^Mã mời/)
    await expect.poll(() => typed.inputValue()).toBe(invite.text)
    await page.getByLabel(/^Tên thiết bị này/).fill('Quầy Gò Vấp')
    await page.getByRole('button', { name: 'Xin vào' }).click()
    await page.getByRole('heading', { name: 'Đang chờ quản lý đồng ý' }).waitFor()
    await picture(page, 'start-waiting')
    await page.getByRole('button', { name: /^Thôi chờ/ }).click()
    await page.getByRole('button', { name: /Xem thử trung tâm mẫu/ }).waitFor()
    await page.close()
  })
})
