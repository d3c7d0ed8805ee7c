import type { ErrorComponentProps } from '@tanstack/react-router'
import { useErrorText } from '../ipc/useErrorText'
import { ErrorState } from '../kit/States'

/** A screen that failed, inside the frame that still works. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const errorText = useErrorText()
  return <ErrorState message={errorText(error)} onRetry={reset} />
}
