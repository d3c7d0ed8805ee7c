import fs from 'node:fs'
import path from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { PATIENCE_MS } from './wait'

/** Where pictures are kept; not in the repository. */
export const pictures = path.join(import.meta.dirname, '../../../target/e2e')

/** Starts the browser. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
}

/** Opens the screens of a device; an error of the page fails the test at its end by `troubles`. */
export async function openPage(browser: Browser, url: string): Promise<{ page: Page; troubles: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'vi-VN', reducedMotion: 'reduce' })
  page.setDefaultTimeout(PATIENCE_MS)
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  await page.goto(url)
  return { page, troubles }
}

/** How long the browser may take for one picture. */
const PICTURE_MS = 20_000
const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } }

/** Keeps pictures of what stands on the page: light and dark, wide and narrow. */
export async function picture(page: Page, name: string): Promise<void> {
  fs.mkdirSync(pictures, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport)
      const shot = { path: path.join(pictures, `${name}.${size}-${colorScheme}.png`), timeout: PICTURE_MS }
      // A browser without a screen now and then draws no frame when the machine is busy: asked again, it does.
      await page.screenshot(shot).catch(() => page.screenshot(shot))
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(sizes.wide)
}

/** Goes to a screen by its address, without loading the page anew. */
export async function goTo(page: Page, screen: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to
  }, screen)
}
