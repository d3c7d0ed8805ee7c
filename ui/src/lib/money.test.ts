import { formatCount, formatVnd, parseVnd } from './money'

it('writes đồng with dots', () => {
  expect(formatVnd(1_250_000)).toBe('1.250.000\u00a0₫')
  expect(formatCount(10_432)).toBe('10.432')
})

it.each([
  ['1.250.000', 1_250_000],
  ['1.250.000 ₫', 1_250_000],
  ['500k', 500_000],
  ['1,2tr', 1_200_000],
  ['1250000đ', 1_250_000],
])('reads %s', (text, amount) => {
  expect(parseVnd(text)).toBe(amount)
})

it('refuses words', () => {
  expect(parseVnd('miễn phí')).toBeNull()
})
