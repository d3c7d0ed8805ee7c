import { useMantineColorScheme } from '@mantine/core'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { Settings } from '../ipc/bindings/Settings'
import { useCall } from '../ipc/useCall'
import { useErrorText } from '../ipc/useErrorText'
import { ErrorState } from '../kit/States'
import { chooseLanguage } from '../lib/i18n'
import { createAppRouter } from './router'

const WelcomePage = lazy(async () => ({ default: (await import('../features/welcome/WelcomePage')).WelcomePage }))
const noArgs = {}

/** Makes the window look and speak as this device's settings say. */
function useSettingsApplied(settings: Settings | undefined) {
  const { setColorScheme } = useMantineColorScheme()
  const apply = useRef(setColorScheme)
  apply.current = setColorScheme
  useEffect(() => {
    if (!settings) return
    apply.current(settings.theme === 'light' || settings.theme === 'dark' ? settings.theme : 'auto')
    document.documentElement.dataset.density = settings.density
    chooseLanguage(settings.language === 'en' ? 'en' : 'vi')
  }, [settings])
}

/** First start or daily work: what the device's stage says. */
export function Gate() {
  const session = useCall('session.get', noArgs)
  const [router] = useState(createAppRouter)
  const errorText = useErrorText()
  useSettingsApplied(session.data?.settings)
  if (session.isError && !session.data) {
    return (
      <div style={{ display: 'flex', height: '100%' }}>
        <ErrorState message={errorText(session.error)} onRetry={() => void session.refetch()} />
      </div>
    )
  }
  if (!session.data) return null
  if (session.data.stage === 'ready') return <RouterProvider router={router} />
  return (
    <Suspense>
      <WelcomePage />
    </Suspense>
  )
}
