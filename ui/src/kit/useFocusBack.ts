import { useEffect, useState } from 'react'

/**
 * Gives the focus back to where it was when this part of the screen came up, once it goes; for dialogs that are there
 * only while they are open. Whoever took the focus meanwhile keeps it.
 */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // What closed the dialog may move the focus itself, and does so first.
      setTimeout(() => {
        if (document.activeElement !== null && document.activeElement !== document.body) return
        if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus({ preventScroll: true })
        else focusContent()
      })
    },
    [before],
  )
}

/**
 * A button that is busy is disabled, and a browser takes the focus from it: it gets it back when it can be pressed
 * again, unless the focus is somewhere else by then.
 */
export function useBusyFocus(): void {
  useEffect(() => {
    let last: EventTarget | null = null
    const remember = (event: FocusEvent) => void (last = event.target)
    const watch = new MutationObserver((changes) => {
      for (const { target } of changes) {
        if (target !== last || !(target instanceof HTMLButtonElement) || target.disabled) continue
        if (document.activeElement === null || document.activeElement === document.body) target.focus({ preventScroll: true })
      }
    })
    document.addEventListener('focusin', remember)
    watch.observe(document.body, { subtree: true, attributes: true, attributeFilter: ['disabled'] })
    return () => {
      document.removeEventListener('focusin', remember)
      watch.disconnect()
    }
  }, [])
}

/** Puts the focus on the content, so that Tab goes on there and not at the top of the window. */
export function focusContent(): void {
  document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
}
