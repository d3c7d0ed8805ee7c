import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { ImportRow } from '../../ipc/bindings/ImportRow'
import { call } from '../../ipc/call'
import type { Outcome } from './states'

const PAGE_ROWS = 100

/** Rows of a dry run, fetched as they come into the window. `stamp` tells one dry run from the next. */
export function useImportRows(importId: string, outcome: Outcome | null, stamp: string) {
  const [range, setRange] = useState<readonly [number, number]>([0, 0])
  const pages = useMemo(() => {
    const first = Math.floor(range[0] / PAGE_ROWS)
    const last = Math.floor(range[1] / PAGE_ROWS)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  }, [range])
  const answers = useQueries({
    queries: pages.map((page) => {
      const args = { import: importId, outcome, offset: page * PAGE_ROWS, limit: PAGE_ROWS }
      return { queryKey: ['import.rows', args, stamp], queryFn: () => call('import.rows', args) }
    }),
  })
  const rowAt = (index: number): ImportRow | undefined => {
    const place = pages.indexOf(Math.floor(index / PAGE_ROWS))
    return answers[place]?.data?.rows[index % PAGE_ROWS]
  }
  const onRange = useCallback((first: number, last: number) => {
    setRange((now) => (now[0] === first && now[1] === last ? now : [first, last]))
  }, [])
  return { rowAt, onRange, error: answers.find((answer) => answer.error)?.error ?? null }
}
