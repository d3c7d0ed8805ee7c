import { keepPreviousData, useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { call } from './call'
import type { Calls } from './calls'
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
export function useCall<Name extends keyof Calls & string>(
  name: Name,
  args: Calls[Name]['args'],
  options: Options = {},
): UseQueryResult<Calls[Name]['result'], IpcError> {
  return useQuery<Calls[Name]['result'], IpcError>({
    queryKey: [name, args],
    queryFn: () => call(name, args),
    enabled: options.enabled ?? true,
    placeholderData: options.keep ? keepPreviousData : undefined,
    refetchInterval: options.everyMs,
  })
}

/** A call that does something. The feed of changes refreshes what it moved. */
export function useDo<Name extends keyof Calls & string>(name: Name) {
  return useMutation<Calls[Name]['result'], IpcError, Calls[Name]['args']>({ mutationFn: (args) => call(name, args) })
}

/** Forgets every answer; after the core changed hands (created, joined, locked). */
export function useForgetAnswers(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.resetQueries()
}
