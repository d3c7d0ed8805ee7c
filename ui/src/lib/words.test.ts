import { wordsOf } from './i18n'

type Words = ReturnType<typeof wordsOf>

function flatten(words: Words, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, value] of Object.entries(words)) {
    const path = prefix ? `${prefix}.${key}` : key
    if (typeof value === 'string') flat.set(path, value)
    else for (const [inner, text] of flatten(value, path)) flat.set(inner, text)
  }
  return flat
}

const vi = flatten(wordsOf('vi'))
const en = flatten(wordsOf('en'))
const plain = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '')
const viKeys = new Set([...vi.keys()].map(plain))
const enKeys = new Set([...en.keys()].map(plain))

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}', '!../ipc/bindings/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Keys written in the code: `t('a.b')`, `i18nKey="a.b"`, `labelKey: 'a.b'`; and prefixes of `t(`a.b.${x}`)`. */
function usedKeys(): { path: string; key: string; isPrefix: boolean }[] {
  const used: { path: string; key: string; isPrefix: boolean }[] = []
  for (const [path, source] of Object.entries(sources)) {
    for (const match of source.matchAll(/(?:\bt\(\s*|i18nKey=|[lL]abelKey:\s*|titleKey:\s*)(['"])([\w.-]+)\1/g)) {
      used.push({ path, key: match[2] ?? '', isPrefix: false })
    }
    for (const match of source.matchAll(/\bt\(\s*`([\w.-]+)\.\$\{/g)) used.push({ path, key: match[1] ?? '', isPrefix: true })
  }
  return used
}

it('Vietnamese and English say the same things', () => {
  expect([...viKeys].filter((key) => !enKeys.has(key)), 'missing in English').toEqual([])
  expect([...enKeys].filter((key) => !viKeys.has(key)), 'missing in Vietnamese').toEqual([])
})

it('no key used in the code is missing', () => {
  const used = usedKeys()
  expect(used.length).toBeGreaterThan(20)
  const missing = used.filter(({ key, isPrefix }) =>
    isPrefix ? ![...viKeys].some((known) => known.startsWith(`${key}.`)) : !viKeys.has(key),
  )
  expect(missing.map(({ path, key }) => `${path}: ${key}`)).toEqual([])
})

it('both languages fill in the same values', () => {
  const values = (text: string) => [...new Set([...text.matchAll(/\{\{(\w+)/g)].map((match) => match[1]))].sort()
  for (const [key, text] of vi) {
    const other = en.get(key)
    if (other !== undefined) expect(values(other), key).toEqual(values(text))
  }
})

it('no text is empty, shouts or carries an ASCII ellipsis', () => {
  for (const [key, text] of [...vi, ...en]) {
    expect(text.trim(), key).not.toBe('')
    expect(text, key).not.toMatch(/!|\.\.\./)
  }
})

it('a device of Quen is “thiết bị”, and “máy” is left to what people call so', () => {
  const other = /(nghe|tắt) máy|máy (trung chuyển|chủ|bận|tính)/giu
  for (const [key, text] of vi) expect(text.replace(other, ''), key).not.toMatch(/(^|\P{L})máy(\P{L}|$)/iu)
})

it('a text with places to fill is never asked for without them', () => {
  const withPlaces = new Set([...vi].filter(([, text]) => text.includes('{{')).map(([key]) => plain(key)))
  const bare = Object.entries(sources).flatMap(([path, source]) =>
    [...source.matchAll(/\bt\(\s*'([\w.-]+)'\s*\)/g)].filter(([, key = '']) => withPlaces.has(key)).map(([, key]) => `${path}: ${key}`),
  )
  expect(bare).toEqual([])
})
