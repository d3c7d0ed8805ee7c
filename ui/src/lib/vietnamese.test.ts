import { compareNames, findFolded, fold, formatPhone, initial } from './vietnamese'

it('folds marks and đ, composed or not', () => {
  expect(fold('Trần  Thị Đức')).toBe('tran thi duc')
  expect(fold('Trần'.normalize('NFD'))).toBe('tran')
})

it('takes the initial of the given name', () => {
  expect(initial('Trần Thị Ánh')).toBe('Á')
  expect(initial('  ')).toBe('?')
})

it('sorts by given name', () => {
  expect(['Trần Bình', 'Lê An', 'An Chi'].sort(compareNames)).toEqual(['Lê An', 'Trần Bình', 'An Chi'])
})

it('finds a folded query in marked text', () => {
  const text = 'Trần Thị Đức'
  const found = findFolded(text, 'thi duc')
  expect(found && text.slice(...found)).toBe('Thị Đức')
  expect(findFolded(text, 'xyz')).toBeNull()
})

it('groups Vietnamese numbers and leaves others', () => {
  expect(formatPhone('+84912345678')).toBe('0912 345 678')
  expect(formatPhone('+14155550100')).toBe('+14155550100')
})
