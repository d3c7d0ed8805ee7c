import { useNavigate } from '@tanstack/react-router'
import { useMemo, useSyncExternalStore } from 'react'
import { useCall } from '../../../ipc/useCall'
import { columnsOf, listState } from '../list/listState'

/** Those who stand before and after a person in the list that was left, and the way to them. */
export function useNeighbours(id: string) {
  const navigate = useNavigate()
  const { spec, index, total } = useSyncExternalStore(listState.subscribe, listState.get)
  const from = Math.max(0, index - 1)
  const args = { view: { ...spec, columns: columnsOf(spec) }, offset: from, limit: 3 }
  const rows = useCall('contact.list', args, { enabled: total > 0, keep: true }).data?.rows
  return useMemo(() => {
    const at = rows?.findIndex((row) => row.id === id) ?? -1
    const go = (step: -1 | 1) => {
      const other = at < 0 ? undefined : rows?.[at + step]
      if (!other) return null
      return () => {
        listState.set((state) => ({ ...state, index: Math.max(0, from + at + step) }))
        void navigate({ to: '/people/$id', params: { id: other.id }, replace: true })
      }
    }
    return { previous: go(-1), next: go(1), place: at < 0 ? null : from + at + 1, total }
  }, [rows, id, from, total, navigate])
}
