import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { followChanges } from '../ipc/call'
import { createQueryClient } from '../ipc/queryClient'
import { ThemeProvider } from '../kit/theme/ThemeProvider'
import { Toasts } from '../kit/Toasts'
import { ErrorBoundary } from './ErrorBoundary'
import { Gate } from './Gate'

/** The whole program: look, cache, routes. */
export function App() {
  const [client] = useState(createQueryClient)
  useEffect(() => followChanges(client), [client])
  return (
    <ThemeProvider>
      <ErrorBoundary>
        <QueryClientProvider client={client}>
          <Gate />
          <Toasts />
        </QueryClientProvider>
      </ErrorBoundary>
    </ThemeProvider>
  )
}
