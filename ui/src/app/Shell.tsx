import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useKeys } from '../kit/actions/useKeys'
import { focusContent, useBusyFocus } from '../kit/useFocusBack'
import { useLostFocus } from '../kit/useLostFocus'
import { BottomBar } from './BottomBar'
import { CommandPalette } from './palette/CommandPalette'
import { ErrorBoundary } from './ErrorBoundary'
import { KeySheet } from './KeySheet'
import { KitBanner } from './KitBanner'
import { NavPanel } from './NavPanel'
import { QuickAddSlot } from './QuickAddSlot'
import { SampleBanner } from './SampleBanner'
import { SeatBanner } from './SeatBanner'
import classes from './Shell.module.css'
import { TakenBackBanner } from './TakenBackBanner'
import { useShellActions } from './useShellActions'
import { useTypeAhead } from './useTypeAhead'

/** A screen that goes takes the focus with it; the next one gets it, unless it took it already. */
function useFocusKept() {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  useEffect(() => {
    if (path !== undefined && document.activeElement === document.body) focusContent()
  }, [path])
}

/** The frame around every screen. */
export function Shell() {
  useShellActions()
  useTypeAhead()
  useKeys()
  useFocusKept()
  useBusyFocus()
  useLostFocus()
  return (
    <div className={classes.shell}>
      <NavPanel />
      <main className={classes.content} id="content" tabIndex={-1}>
        <SampleBanner />
        <SeatBanner />
        <KitBanner />
        <TakenBackBanner />
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
