import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { followChanges } from '../ipc/call'
import { createQueryClient } from '../ipc/queryClient'
import { ThemeProvider } from '../kit/theme/ThemeProvider'
import { Toasts } from '../kit/Toasts'
import { ErrorBoundary } from './ErrorBoundary'
import { createAppRouter } from './router'

/** The whole program: look, cache, routes. */
export function App() {
  const [client] = useState(createQueryClient)
  const [router] = useState(createAppRouter)
  useEffect(() => followChanges(client), [client])
  return (
    <ThemeProvider>
      <ErrorBoundary>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
          <Toasts />
        </QueryClientProvider>
      </ErrorBoundary>
    </ThemeProvider>
  )
}
