import { QueryClient, QueryObserver } from '@tanstack/react-query'
import type { Changed } from './bindings/Changed'
import { invalidateTouched, isTouched } from './changes'

const moved = (entity: string, id = 'a'): Changed => ({ entity, id, cause: 'local' })

it('a changed contact touches lists and pages of people, not the rest', () => {
  expect(isTouched(['contact.list', {}], [moved('contact')])).toBe(true)
  expect(isTouched(['task.today', {}], [moved('contact')])).toBe(true)
  expect(isTouched(['sync.status', {}], [moved('contact')])).toBe(false)
})

it('leaves the page of another person alone, unless many moved at once', () => {
  expect(isTouched(['contact.get', { id: 'a' }], [moved('contact', 'a')])).toBe(true)
  expect(isTouched(['contact.get', { id: 'b' }], [moved('contact', 'a')])).toBe(false)
  expect(isTouched(['contact.get', { id: 'b' }], [moved('contact', '')])).toBe(true)
  expect(isTouched(['contact.get', { id: 'b' }], [moved('contact', 'a'), moved('definition', 'x')])).toBe(true)
})

it('an unknown entity touches everything', () => {
  expect(isTouched(['sync.status', {}], [moved('voucher')])).toBe(true)
})

it('marks what the cache holds', () => {
  const client = new QueryClient()
  client.setQueryData(['contact.list', {}], {})
  client.setQueryData(['sync.status', {}], {})
  invalidateTouched(client, [moved('contact')])
  expect(client.getQueryState(['contact.list', {}])?.isInvalidated).toBe(true)
  expect(client.getQueryState(['sync.status', {}])?.isInvalidated).toBe(false)
})

it('a merged person asks again for disagreements and their count', () => {
  const remote: Changed = { entity: 'contact', id: 'a', cause: 'remote' }
  expect(isTouched(['conflict.list', { offset: 0, limit: 50 }], [remote])).toBe(true)
  expect(isTouched(['duplicate.count', {}], [remote])).toBe(true)
})

it('asks again when something moved while the first answer was on its way', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } })
  const answers: ((count: number) => void)[] = []
  const queryFn = () => new Promise<number>((resolve) => answers.push(resolve))
  const observer = new QueryObserver(client, { queryKey: ['conflict.list', {}], queryFn })
  const stop = observer.subscribe(() => undefined)
  invalidateTouched(client, [moved('contact')])
  answers[0]?.(0)
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[1]?.(1)
  await vi.waitFor(() => expect(client.getQueryData(['conflict.list', {}])).toBe(1))
  stop()
})
