import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { replaceTransport } from './ipc/call'
import { startTranslation } from './lib/i18n'

startTranslation()

// A core of prepared answers, to look at screens without one; left out of what people get.
if (import.meta.env.DEV) {
  const wanted = new URLSearchParams(window.location.search)
  if (wanted.has('people')) {
    const { fakeCore } = await import('./testing/fakeCore')
    replaceTransport(fakeCore({ people: Number(wanted.get('people')) || 2400 }))
  } else if (wanted.has('sample')) {
    const { startSampleCore } = await import('./testing/sampleCore')
    startSampleCore(wanted.get('sample') ?? '')
  }
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
