import { groupsOf, kitNumber, looksLikeInvite, looksLikeKit } from './codes'

it('a kit is known by how it begins, however it is typed', () => {
  for (const text of ['quenkit1:abc', 'QUENKIT1: ABCD EFGH', ' quen kit 1 :\nabcd', 'quenkit2:abc', 'quenkit']) expect(looksLikeKit(text), text).toBe(true)
  for (const text of ['quen1:abc', '', 'abcd', 'quenkita']) expect(looksLikeKit(text), text).toBe(false)
})

it('an invite is known by how it begins', () => {
  expect(looksLikeInvite('Quen1:abc')).toBe(true)
  expect(looksLikeInvite('quenkit1:abc')).toBe(false)
  expect(looksLikeInvite('abcd')).toBe(false)
})

it('the text stands on paper in groups of four', () => {
  expect(groupsOf('quenkit1:abcdefghij')).toEqual({ scheme: 'QUENKIT1:', groups: ['ABCD', 'EFGH', 'IJ'] })
  expect(groupsOf('').groups).toEqual([])
})

it('a kit has a short number', () => {
  expect(kitNumber('08ee41c6def7026ea2ce6e3706a78681')).toBe('08EE41')
})
