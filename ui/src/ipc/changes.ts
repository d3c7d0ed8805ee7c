import type { Query, QueryClient } from '@tanstack/react-query'
import type { Changed } from './bindings/Changed'
import type { CallName } from './calls'

/** Queries that show an entity of the feed. */
const queriesByEntity: Record<string, readonly CallName[]> = {
  contact: [
    'contact.list',
    'contact.get',
    'contact.timeline',
    'contact.history',
    'contact.search',
    'contact.hint',
    'contact.elsewhere',
    'contact.bin',
    'task.today',
    'task.list',
    'duplicate.list',
    'duplicate.count',
    // A merge may bring a disagreement, or settle one.
    'conflict.list',
    'definition.list',
    'bulk.count',
  ],
  listing: ['contact.elsewhere'],
  conflict: ['conflict.list', 'contact.get', 'contact.list'],
  definition: ['definition.list', 'contact.list', 'contact.get', 'device.list', 'session.get'],
  sync: ['sync.status', 'device.list', 'invite.list', 'join.list'],
  job: ['job.get', 'import.get', 'import.list', 'bulk.takenBack'],
  import: ['import.get', 'import.list', 'import.rows'],
  session: ['session.get', 'definition.list', 'device.list', 'sync.status'],
}

/** Queries about one person: others need not be asked again. */
const aboutOne = new Set<string>(['contact.get', 'contact.timeline', 'contact.history'])

function isAboutAnother(queryKey: readonly unknown[], changed: readonly Changed[]): boolean {
  const [name, args] = queryKey
  if (!aboutOne.has(String(name)) || typeof args !== 'object' || args === null || !('id' in args)) return false
  return changed.every((row) => row.entity === 'contact' && row.id !== '' && row.id !== args.id)
}

/** Whether a query shows any of what moved. An entity that this program does not know touches everything. */
export function isTouched(queryKey: readonly unknown[], changed: readonly Changed[]): boolean {
  const name = String(queryKey[0])
  const touched = changed.filter((row) => {
    const queries: readonly string[] | undefined = queriesByEntity[row.entity]
    return queries === undefined || queries.includes(name)
  })
  return touched.length > 0 && !isAboutAnother(queryKey, touched)
}

/** Marks exactly the queries that show what moved as stale, so that those on the screen are asked again. */
export function invalidateTouched(client: QueryClient, changed: readonly Changed[]): void {
  const predicate = (query: Query) => isTouched(query.queryKey, changed)
  for (const query of client.getQueryCache().findAll({ predicate, fetchStatus: 'fetching' })) {
    // A first answer that is still on its way may have been read before the move, and would count as fresh: the
    // library asks anew only when there is an answer already.
    if (query.state.data === undefined) askAgainAfter(client, query)
  }
  void client.invalidateQueries({ predicate })
}

function askAgainAfter(client: QueryClient, query: Query): void {
  const again = () => client.invalidateQueries({ queryKey: query.queryKey, exact: true })
  void query.promise?.then(again, () => undefined)
}
