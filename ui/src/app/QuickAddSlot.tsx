import { lazy, Suspense, useSyncExternalStore } from 'react'
import { overlay } from './shellState'

const QuickAdd = lazy(async () => ({ default: (await import('../features/contact/QuickAdd')).QuickAdd }))

/** Where adding a person appears, over any screen. */
export function QuickAddSlot() {
  const open = useSyncExternalStore(overlay.subscribe, overlay.get)
  if (open !== 'quickAdd') return null
  return (
    <Suspense>
      <QuickAdd onClose={() => overlay.set(null)} />
    </Suspense>
  )
}
