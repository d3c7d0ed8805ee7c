import { isTyping, matchShortcut, pressedKey, shortcutKeys } from './shortcuts'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  pressedKey({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held })

it('names pressed keys', () => {
  expect(press('k', { ctrlKey: true })).toBe('mod+k')
  expect(press('?', { shiftKey: true })).toBe('?')
  expect(press('Enter', { shiftKey: true })).toBe('shift+enter')
  expect(press('Z', { metaKey: true, shiftKey: true })).toBe('mod+shift+z')
})

it('waits for the second key of a sequence and forgets a wrong one', () => {
  const known = ['g p', 'c', 'g t']
  expect(matchShortcut(null, 'g', known)).toEqual({ wait: 'g' })
  expect(matchShortcut('g', 'p', known)).toEqual({ hit: 'g p' })
  expect(matchShortcut('g', 'c', known)).toEqual({ hit: 'c' })
  expect(matchShortcut('g', 'x', known)).toBeNull()
})

it('shows keys as they stand on the keyboard', () => {
  expect(shortcutKeys('mod+k', false)).toEqual([['Ctrl', 'K']])
  expect(shortcutKeys('mod+k', true)).toEqual([['⌘', 'K']])
  expect(shortcutKeys('g p', false)).toEqual([['G'], ['P']])
})

it('leaves letters to text fields, not to checkboxes', () => {
  const field = document.createElement('input')
  const box = document.createElement('input')
  box.type = 'checkbox'
  expect(isTyping(field)).toBe(true)
  expect(isTyping(box)).toBe(false)
  expect(isTyping(document.body)).toBe(false)
})
