import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { startTranslation } from './lib/i18n'

startTranslation()

// A core of prepared answers, to look at screens without one; left out of what people get.
if (import.meta.env.DEV && window.location.search.startsWith('?sample')) {
  const { startSampleCore } = await import('./testing/sampleCore')
  startSampleCore(window.location.search.slice('?sample='.length))
}

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
