import { useEffect } from 'react'
import { isTyping, matchShortcut, pressedKey, SEQUENCE_MS } from '../../lib/shortcuts'
import { offeredActions } from './registry'

/** Whether a dialogue is open; then the keys belong to it. */
function isDialogueOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null
}

/** Listens for the shortcuts of all offered actions; used once, by the shell. */
export function useKeys(): void {
  useEffect(() => {
    let waiting: string | null = null
    let timer: number | undefined
    const stopWaiting = () => {
      waiting = null
      window.clearTimeout(timer)
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key)) return
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
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      stopWaiting()
    }
  }, [])
}
