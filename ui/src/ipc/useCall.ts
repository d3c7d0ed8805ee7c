import { keepPreviousData, useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { call } from './call'
import type { ArgsOf, CallName, ResultOf } from './calls'
import type { IpcError } from './errors'

type Options = {
  /** Ask only when this holds. */
  enabled?: boolean
  /** Keep the last answer on the screen while another one is on its way. */
  keep?: boolean
  /** Ask again after so many milliseconds. */
  everyMs?: number
}

/** The answer of a query of the core, kept true by the feed of changes. */
export function useCall<Name extends CallName>(
  name: Name,
  args: ArgsOf<Name>,
  options: Options = {},
): UseQueryResult<ResultOf<Name>, IpcError> {
  return useQuery<ResultOf<Name>, IpcError>({
    queryKey: [name, args],
    queryFn: () => call(name, args),
    enabled: options.enabled ?? true,
    placeholderData: options.keep ? keepPreviousData : undefined,
    refetchInterval: options.everyMs,
  })
}

/** A call that does something. The feed of changes refreshes what it moved. */
export function useDo<Name extends CallName>(name: Name) {
  return useMutation<ResultOf<Name>, IpcError, ArgsOf<Name>>({ mutationFn: (args) => call(name, args) })
}

/** Forgets every answer; after the core changed hands (created, joined, locked). */
export function useForgetAnswers(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.resetQueries()
}
