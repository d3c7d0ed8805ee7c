import { useQueries } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { call } from './call'
import type { ArgsOf, CallName, ResultOf } from './calls'
import type { IpcError } from './errors'

/** Rows asked for at a time. */
const PAGE_ROWS = 100

type Options<Name extends CallName, Row> = {
  name: Name
  /** The arguments for a stretch. Give a memoised function; a new one means another list. */
  args: (offset: number, limit: number) => ArgsOf<Name>
  total: (result: ResultOf<Name>) => number
  rows: (result: ResultOf<Name>) => readonly Row[]
}

/**
 * A long list of which only the stretches on the screen are asked for.
 *
 * While another list is on its way the rows of the last one stay, so that typing in a search field does not flicker.
 */
export function useWindowedCall<Name extends CallName, Row>({ name, args, total, rows }: Options<Name, Row>) {
  const [pages, setPages] = useState<readonly number[]>([0])
  const queries = useQueries({
    queries: pages.map((page) => ({
      queryKey: [name, args(page * PAGE_ROWS, PAGE_ROWS)],
      queryFn: () => call(name, args(page * PAGE_ROWS, PAGE_ROWS)),
    })),
  })
  const results = queries.map((query) => query.data as ResultOf<Name> | undefined)
  const known = results.find((result) => result !== undefined)
  const last = useRef<{ total: number; result: ResultOf<Name>; rowsByPage: Map<number, readonly Row[]> } | null>(null)
  if (known !== undefined) {
    const rowsByPage = new Map<number, readonly Row[]>()
    pages.forEach((page, index) => {
      const result = results[index]
      if (result !== undefined) rowsByPage.set(page, rows(result))
    })
    last.current = { total: total(known), result: known, rowsByPage }
  }
  const current = last.current
  const rowAt = (index: number) => current?.rowsByPage.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS]
  const onRange = useCallback((first: number, final: number) => {
    const from = Math.floor(first / PAGE_ROWS)
    const to = Math.floor(final / PAGE_ROWS)
    const wanted = Array.from({ length: to - from + 1 }, (_, step) => from + step)
    setPages((shown) => (shown.length === wanted.length && shown.every((page, at) => page === wanted[at]) ? shown : wanted))
  }, [])
  const failed = queries.find((query) => query.isError)
  return {
    /** Rows in all; null before the first answer. */
    total: current?.total ?? null,
    /** The newest answer, for what it says beside rows. */
    result: current?.result,
    rowAt,
    onRange,
    error: (failed?.error ?? null) as IpcError | null,
    retry: () => void failed?.refetch(),
  }
}
