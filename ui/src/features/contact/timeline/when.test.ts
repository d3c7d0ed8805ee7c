import { localMinute, readWhen } from './when'

describe('times that people type', () => {
  const now = new Date('2026-11-24T10:00').getTime()

  it('a minute goes into a field and comes back the same', () => {
    const at = new Date('2026-11-20T18:05').getTime()
    expect(localMinute(at)).toBe('2026-11-20T18:05')
    expect(readWhen(localMinute(at), now)).toBe(at)
  })

  it('what lies ahead or is no time is refused', () => {
    expect(readWhen('2026-11-24T10:01', now)).toBeNull()
    expect(readWhen('', now)).toBeNull()
    expect(readWhen('soon', now)).toBeNull()
  })
})
