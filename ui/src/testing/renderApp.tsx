import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from '@tanstack/react-router'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { followChanges, replaceTransport } from '../ipc/call'
import { createQueryClient } from '../ipc/queryClient'
import { useKeys } from '../kit/actions/useKeys'
import { Toasts } from '../kit/Toasts'
import { ThemeProvider } from '../kit/theme/ThemeProvider'
import { startTranslation } from '../lib/i18n'
import { fakeCore, type FakeCore } from './fakeCore'

type Options = {
  /** Screens by path. */
  screens: Record<string, () => ReactNode>
  at: string
  core?: FakeCore
}

function Frame() {
  useKeys()
  return <Outlet />
}

/** Draws screens behind their addresses, with keys, words, cache and a core in memory. */
export function drawScreens({ screens, at, core = fakeCore() }: Options) {
  startTranslation('vi')
  replaceTransport(core)
  const client = createQueryClient()
  followChanges(client)
  const root = createRootRoute({ component: Frame })
  const routes = Object.entries(screens).map(([path, component]) => createRoute({ getParentRoute: () => root, path, component }))
  const router = createRouter({ routeTree: root.addChildren(routes), history: createMemoryHistory({ initialEntries: [at] }) })
  render(
    <ThemeProvider>
      <QueryClientProvider client={client}>
        <RouterProvider router={router as never} />
        <Toasts />
      </QueryClientProvider>
    </ThemeProvider>,
  )
  return { core, router }
}
