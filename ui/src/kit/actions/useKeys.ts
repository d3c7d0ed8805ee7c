import { useEffect } from 'react'
import { isTyping, matchShortcut, pressedKey, SEQUENCE_MS } from '../../lib/shortcuts'
import { offeredActions } from './registry'

/** Whether a dialogue is open; then the keys belong to it. */
function isDialogueOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null
}

/** Whether something floats above the screen that Escape closes first. */
function isAnythingFloating(): boolean {
  const parts = document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]')
  // Closed lists of choices stay in the page, hidden by themselves or with the part around them.
  return [...parts].some((part) => part.closest('[style*="display: none"], [hidden]') === null)
}

/** Listens for the shortcuts of all offered actions; used once, by the shell. */
export function useKeys(): void {
  useEffect(() => {
    let waiting: string | null = null
    let wasFloating = false
    // Asked before the part that floats hears the key and goes.
    const onCapture = () => {
      wasFloating = isAnythingFloating()
    }
    let timer: number | undefined
    const stopWaiting = () => {
      waiting = null
      window.clearTimeout(timer)
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key)) return
      if (event.key === 'Escape' && wasFloating) return
      const typing = isTyping(event.target)
      const actions = offeredActions().filter(
        (action) => action.shortcut && (action.whileTyping || !(typing || isDialogueOpen())),
      )
      const match = matchShortcut(waiting, pressedKey(event), actions.map((action) => action.shortcut ?? ''))
      stopWaiting()
      if (!match) return
      if ('wait' in match) {
        waiting = match.wait
        timer = window.setTimeout(stopWaiting, SEQUENCE_MS)
        return
      }
      event.preventDefault()
      actions.find((action) => action.shortcut === match.hit)?.run()
    }
    document.addEventListener('keydown', onCapture, { capture: true })
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onCapture, { capture: true })
      document.removeEventListener('keydown', onKeyDown)
      stopWaiting()
    }
  }, [])
}
