import { samplePairs } from '../../testing/sampleReviews'
import { compareContacts } from './compare'

const [pair] = samplePairs

it('marks what differs, what only one has, and what is the same', () => {
  if (!pair) throw new Error('the sample holds a pair')
  const differences = Object.fromEntries(compareContacts(pair.left, pair.right).map((each) => [each.field, each.difference]))
  expect(differences).toMatchObject({ fullName: 'different', phone: 'same', email: 'oneSided', school: 'same' })
})

it('leaves out what neither has', () => {
  if (!pair) throw new Error('the sample holds a pair')
  const fields = compareContacts({ ...pair.left, level: null }, { ...pair.right, level: null }).map((each) => each.field)
  expect(fields).not.toContain('level')
})

it('the two ways of writing Vietnamese marks are the same', () => {
  if (!pair) throw new Error('the sample holds a pair')
  const name = 'Trần Thị Đức'
  const [first] = compareContacts({ ...pair.left, fullName: name.normalize('NFC') }, { ...pair.right, fullName: name.normalize('NFD') })
  expect(first).toMatchObject({ field: 'fullName', difference: 'same' })
})
