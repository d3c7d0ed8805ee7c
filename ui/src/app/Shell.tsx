import { Outlet } from '@tanstack/react-router'
import { useKeys } from '../kit/actions/useKeys'
import { BottomBar } from './BottomBar'
import { CommandPalette } from './palette/CommandPalette'
import { ErrorBoundary } from './ErrorBoundary'
import { KeySheet } from './KeySheet'
import { NavPanel } from './NavPanel'
import { QuickAddSlot } from './QuickAddSlot'
import { SampleBanner } from './SampleBanner'
import classes from './Shell.module.css'
import { useShellActions } from './useShellActions'

/** The frame around every screen. */
export function Shell() {
  useShellActions()
  useKeys()
  return (
    <div className={classes.shell}>
      <NavPanel />
      <main className={classes.content} id="content">
        <SampleBanner />
        <ErrorBoundary>
          <Outlet />
        </ErrorBoundary>
      </main>
      <BottomBar />
      <CommandPalette />
      <KeySheet />
      <QuickAddSlot />
    </div>
  )
}
