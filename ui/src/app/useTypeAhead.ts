import { useEffect } from 'react'
import { overlay, type Overlay } from './shellState'

/** Overlays that open on a field. */
const WITH_FIELD: Overlay[] = ['palette', 'quickAdd']

/** Types into a field as a hand would; React hears of it. */
function typeInto(field: HTMLInputElement, letters: string): void {
  const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')
  value?.set?.call(field, field.value + letters)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** A fast hand types on while an overlay is still on its way: from the key on, the letters belong to its field. */
export function useTypeAhead(): void {
  useEffect(() => {
    let isAwaited = false
    let ahead = ''
    const forget = overlay.subscribe(() => {
      isAwaited = WITH_FIELD.includes(overlay.get())
      ahead = ''
    })
    const onKeyDown = (event: KeyboardEvent) => {
      const isLetter = event.key.length === 1 && !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
      if (!isAwaited || !(isLetter || event.key === 'Backspace')) return
      event.preventDefault()
      event.stopImmediatePropagation()
      ahead = isLetter ? ahead + event.key : ahead.slice(0, -1)
    }
    const onFocus = ({ target }: FocusEvent) => {
      if (!isAwaited || !(target instanceof HTMLInputElement) || !target.closest('[role="dialog"]')) return
      isAwaited = false
      const letters = ahead
      ahead = ''
      if (letters) typeInto(target, letters)
    }
    document.addEventListener('keydown', onKeyDown, { capture: true })
    document.addEventListener('focusin', onFocus)
    return () => {
      forget()
      document.removeEventListener('keydown', onKeyDown, { capture: true })
      document.removeEventListener('focusin', onFocus)
    }
  }, [])
}
