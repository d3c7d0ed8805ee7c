import '@mantine/core/styles.layer.css'
import '@mantine/dates/styles.layer.css'
import './global.css'
import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { cssVariablesResolver, theme } from './theme'

type Props = { children: ReactNode; scheme?: 'light' | 'dark' }

/** Gives the screens below it the look; follows the system until a person chooses. */
export function ThemeProvider({ children, scheme }: Props) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      forceColorScheme={scheme}
    >
      {children}
    </MantineProvider>
  )
}
