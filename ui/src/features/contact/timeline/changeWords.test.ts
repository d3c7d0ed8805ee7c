import { describe, expect, it } from 'vitest'
import { unbroken } from './ChangeWords'

describe('a value in the history', () => {
  it('keeps the groups of a phone number on one line', () => {
    expect(unbroken('0912 345 678')).toBe('0912\u00a0345\u00a0678')
  })

  it('lets words break as before', () => {
    expect(unbroken('Trần Thị Lan / 12 Lê Lợi')).toBe('Trần Thị Lan / 12 Lê Lợi')
  })
})
