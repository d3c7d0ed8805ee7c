// Takes pictures of screens: node scripts/shoot.mjs BASE_URL OUT_DIR PATH...
// Each path is shot light and dark, at 1280x800 and 390x844. CHROMIUM names the browser.
import fs from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'

const [base, out, ...paths] = process.argv.slice(2)
fs.mkdirSync(out, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } }
const only = process.env.ONLY?.split(',')
for (const colorScheme of ['light', 'dark']) {
  for (const [size, viewport] of Object.entries(sizes)) {
    const label = `${size}-${colorScheme}`
    if (only && !only.includes(label)) continue
    const page = await browser.newPage({ viewport, colorScheme, locale: 'vi-VN', reducedMotion: 'reduce' })
    page.on('pageerror', (error) => process.stderr.write(`${label}: ${error.message}\n`))
    page.on('console', (line) => line.type() === 'error' && process.stderr.write(`${label}: ${line.text()}\n`))
    for (const each of paths) {
      // `path@keys` presses keys once the page stands: today@?, today@Control+k
      const [address, keys] = each.split('@')
      await page.goto(`${base}#${address}`)
      await page.reload()
      await page.waitForLoadState('networkidle').catch(() => undefined)
      await page.waitForTimeout(400)
      for (const key of keys?.split(',') ?? []) await (key.startsWith('"') ? page.keyboard.type(key.slice(1)) : page.keyboard.press(key))
      await page.waitForTimeout(400)
      const name = each.replace(/^\/$/, 'home').replace(/[^\w]+/g, '-').replace(/^-|-$/g, '')
      await page.screenshot({ path: path.join(out, `${name}.${label}.png`) })
    }
    await page.close()
  }
}
await browser.close()
