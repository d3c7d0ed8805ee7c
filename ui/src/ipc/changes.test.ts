import { QueryClient } from '@tanstack/react-query'
import { invalidateTouched, touchedQueries } from './changes'

const names = ['contact.list', 'contact.get', 'task.list', 'sync.status', 'today.get', 'view.list']

it('a changed contact touches lists and pages of people, not the rest', () => {
  const touched = touchedQueries({ rows: [{ entity: 'contact', id: 'a', cause: 'local' }] }, names)
  expect([...touched].sort()).toEqual(['contact.get', 'contact.list', 'today.get'])
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
