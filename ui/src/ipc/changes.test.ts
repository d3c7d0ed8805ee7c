import { QueryClient } from '@tanstack/react-query'
import { invalidateTouched, touchedQueries } from './changes'

const names = ['contact.list', 'contact.get', 'task.today', 'sync.status', 'import.list', 'session.get']

it('a changed contact touches lists and pages of people, not the rest', () => {
  const touched = touchedQueries({ rows: [{ entity: 'contact', id: 'a', cause: 'local' }] }, names)
  expect([...touched].sort()).toEqual(['contact.get', 'contact.list', 'task.today'])
})

it('an unknown entity touches everything', () => {
  expect(touchedQueries({ rows: [{ entity: 'voucher', id: 'a', cause: 'remote' }] }, names).size).toBe(names.length)
})

it('leaves the page of another person alone', () => {
  const client = new QueryClient()
  client.setQueryData(['contact.get', { id: 'a' }], {})
  client.setQueryData(['contact.get', { id: 'b' }], {})
  invalidateTouched(client, { rows: [{ entity: 'contact', id: 'a', cause: 'local' }] })
  expect(client.getQueryState(['contact.get', { id: 'a' }])?.isInvalidated).toBe(true)
  expect(client.getQueryState(['contact.get', { id: 'b' }])?.isInvalidated).toBe(false)
})

it('asks for every page again when many moved at once', () => {
  const client = new QueryClient()
  client.setQueryData(['contact.timeline', { id: 'a' }], {})
  invalidateTouched(client, { rows: [{ entity: 'contact', id: '', cause: 'import' }] })
  expect(client.getQueryState(['contact.timeline', { id: 'a' }])?.isInvalidated).toBe(true)
})
