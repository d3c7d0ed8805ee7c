/** Folds Vietnamese text for comparing: no marks, đ as d, lower case, single spaces. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
}

/** Whether two names are one to the eye: letter case and the way marks are stored do not tell them apart. */
export function isSameName(a: string, b: string): boolean {
  const plain = (name: string) => name.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('vi')
  return plain(a) === plain(b)
}

/** The given name, which stands last in a Vietnamese name. */
export function givenName(fullName: string): string {
  return fullName.trim().split(/\s+/).at(-1) ?? ''
}

/** The initial under which people call someone: that of the given name. */
export function initial(fullName: string): string {
  const name = givenName(fullName).normalize('NFC')
  const [first] = name
  return first ? first.toLocaleUpperCase('vi') : '?'
}

/** Orders names as Vietnamese lists do: by given name, then by the rest. */
export function compareNames(a: string, b: string): number {
  return (
    givenName(a).localeCompare(givenName(b), 'vi', { sensitivity: 'variant' }) ||
    a.localeCompare(b, 'vi', { sensitivity: 'variant' })
  )
}

/** Where `query` stands in `text` when marks are ignored, or null. Offsets are into NFC `text`. */
export function findFolded(text: string, query: string): [number, number] | null {
  const wanted = fold(query)
  if (!wanted) return null
  const letters = [...text.normalize('NFC')]
  const folded = letters.map((letter) => (/\s/.test(letter) ? ' ' : fold(letter)))
  const start = folded.join('').indexOf(wanted)
  if (start < 0 || folded.some((letter) => letter.length > 1)) return null
  const offset = letters.slice(0, start).join('').length
  return [offset, offset + letters.slice(start, start + wanted.length).join('').length]
}

/** Groups a Vietnamese number for reading: `0912 345 678`; other numbers stay as they are. */
export function formatPhone(phone: string): string {
  const local = phone.replace(/[\s.-]/g, '').replace(/^\+84/, '0')
  return /^0\d{9}$/.test(local) ? `${local.slice(0, 4)} ${local.slice(4, 7)} ${local.slice(7)}` : phone
}

/** A stable small number from text, for colours. */
export function hashOf(text: string): number {
  let hash = 2166136261
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619)
  return hash >>> 0
}
