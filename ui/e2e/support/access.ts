import fs from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Found = { id: string; nodes: { target: unknown[]; any: { message: string }[] }[] }

/**
 * What the page that is shown does against WCAG 2.2, levels A and AA, as far as a program can see it; with `isRecoloured`
 * only what depends on colours, of a page that was looked at in others.
 */
export async function barriers(page: Page, name: string, isRecoloured = false): Promise<string[]> {
  await page.evaluate(source)
  const found = await page.evaluate(async (isRecoloured) => {
    const { axe } = window as unknown as { axe: { run: (at: Document, options: unknown) => Promise<{ violations: unknown }> } }
    // A count or a key beside a word need not be said to find it by voice.
    const rules = { 'label-content-name-mismatch': { enabled: false } }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    const runOnly = isRecoloured ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: tags }
    return (await axe.run(document, { runOnly, resultTypes: ['violations'], rules: isRecoloured ? {} : rules })).violations
  }, isRecoloured)
  return (found as Found[]).flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${name}: ${id} at ${target.join(' ')}: ${any[0]?.message ?? ''}`),
  )
}
