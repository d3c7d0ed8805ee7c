import { QueryClient } from '@tanstack/react-query'
import type { IpcError } from './errors'

const lasting = new Set(['unreachable', 'busy'])

/** The cache of answers. The feed of changes says when one is stale; time does not. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: (count, error) => count < 2 && lasting.has((error as IpcError).code),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
