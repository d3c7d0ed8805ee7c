import type { QueryClient } from '@tanstack/react-query'

/** One row of the feed: something that an edit, a merge, an import or a rebuild moved. */
export type ChangedRow = { entity: string; id: string; cause: string }

/** Rows that were committed together. */
export type ChangedBatch = { rows: ChangedRow[] }

/** Names of queries, or prefixes ending in a dot, that show an entity. */
const queriesByEntity: Record<string, readonly string[]> = {
  contact: ['contact.', 'task.', 'duplicate.', 'conflict.', 'definition.', 'bulk.'],
  definition: ['definition.', 'contact.', 'task.', 'device.', 'sync.'],
  conflict: ['conflict.', 'contact.get', 'contact.list'],
  sync: ['sync.', 'device.', 'join.', 'invite.'],
  job: ['job.'],
  import: ['import.'],
  session: ['session.', 'sync.', 'device.'],
}

function matches(queryName: string, wanted: string): boolean {
  return wanted.endsWith('.') ? queryName.startsWith(wanted) : queryName === wanted
}

/** Which of `queryNames` a batch touches. An entity this program does not know touches everything. */
export function touchedQueries(batch: ChangedBatch, queryNames: readonly string[]): Set<string> {
  const wanted = new Set<string>()
  for (const entity of new Set(batch.rows.map((row) => row.entity))) {
    const queries = queriesByEntity[entity]
    if (!queries) return new Set(queryNames)
    for (const query of queries) wanted.add(query)
  }
  return new Set(queryNames.filter((name) => [...wanted].some((query) => matches(name, query))))
}

const ofOnePerson = new Set(['contact.get', 'contact.timeline', 'contact.history'])

/** Whether a query about one record is left alone because the batch moved only other records. */
function isAboutOthers(queryKey: readonly unknown[], batch: ChangedBatch): boolean {
  const [name, args] = queryKey
  if (!ofOnePerson.has(String(name)) || typeof args !== 'object' || args === null || !('id' in args)) return false
  const contacts = batch.rows.filter((row) => row.entity === 'contact')
  return contacts.length === batch.rows.length && !contacts.some((row) => row.id === '' || row.id === args.id)
}

/** Marks exactly the queries that a batch touches as stale, so that those on the screen are asked again. */
export function invalidateTouched(client: QueryClient, batch: ChangedBatch): void {
  const names = [...new Set(client.getQueryCache().getAll().map((query) => String(query.queryKey[0])))]
  const touched = touchedQueries(batch, names)
  void client.invalidateQueries({
    predicate: (query) => touched.has(String(query.queryKey[0])) && !isAboutOthers(query.queryKey, batch),
  })
}
