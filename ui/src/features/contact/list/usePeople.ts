import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { useWindowedCall } from '../../../ipc/useWindowedCall'
import type { ContactList } from '../../../ipc/bindings/ContactList'
import { columnsOf, listState } from './listState'

const totalOf = (list: ContactList) => list.total
const rowsOf = (list: ContactList) => list.rows

/** The people of the open view, fetched as they come into sight. */
export function usePeople() {
  const state = useSyncExternalStore(listState.subscribe, listState.get)
  const { spec } = state
  const args = useCallback(
    (offset: number, limit: number) => ({ view: { ...spec, columns: columnsOf(spec) }, offset, limit }),
    [spec],
  )
  const list = useWindowedCall({ name: 'contact.list', args, total: totalOf, rows: rowsOf })
  const { total } = list
  useEffect(() => {
    if (total !== null) listState.set((now) => (now.total === total ? now : { ...now, total }))
  }, [total])
  return { state, list }
}
