import { ageOn, daysBetween, formatIsoDate, parseDate, relativeTime } from './dates'

const now = new Date(2026, 10, 24, 9, 0)

it.each([
  ['9/3/2012', '2012-03-09'],
  ['09032012', '2012-03-09'],
  ['9-3-12', '2012-03-09'],
  ['1.2.98', '1998-02-01'],
  ['2012-03-09', '2012-03-09'],
  ['24/12', '2026-12-24'],
])('reads %s day first', (typed, iso) => {
  expect(parseDate(typed, now)).toBe(iso)
})

it.each(['31/2/2012', 'mai', '', '1/13/2012'])('refuses %s', (typed) => {
  expect(parseDate(typed, now)).toBeNull()
})

it('says times as people do', () => {
  expect(relativeTime(now.getTime() - 10_000, now, 'vi')).toBe('vừa xong')
  expect(relativeTime(now.getTime() - 3 * 60_000, now, 'vi')).toBe('3 phút trước')
  expect(relativeTime(new Date(2026, 10, 25, 18, 0), now, 'vi')).toBe('ngày mai')
  expect(relativeTime(new Date(2026, 10, 20), now, 'en')).toBe('4 days ago')
  expect(relativeTime(new Date(2026, 8, 1), now, 'en')).toBe('01/09/2026')
})

it('counts days by the calendar', () => {
  expect(daysBetween(new Date(2026, 10, 24, 23, 59), new Date(2026, 10, 25, 0, 1))).toBe(1)
})

it('knows ages and reads ISO dates', () => {
  expect(ageOn('2012-11-24', now)).toBe(14)
  expect(ageOn('2012-11-25', now)).toBe(13)
  expect(formatIsoDate('2012-03-09')).toBe('09/03/2012')
})
