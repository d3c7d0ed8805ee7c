import { useEffect } from 'react'
import { focusContent } from './useFocusBack'

/** How long whoever took something away has to place the focus itself, in milliseconds. */
const WAIT_MS = 50

/** A part around the focus, and the place in it of the next part inwards. */
type Step = { part: Element; at: number }

const focusable = 'button:not([disabled]), a[href], input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])'

/** The parts around an element, from inside out, up to its section. */
function stepsAround(element: Element): Step[] {
  const steps: Step[] = []
  for (let inner = element; inner.parentElement; inner = inner.parentElement) {
    const part = inner.parentElement
    steps.push({ part, at: [...part.children].indexOf(inner) })
    if (part.matches('section, main, [role="dialog"]')) break
  }
  return steps
}

function firstIn(part: Element): HTMLElement | undefined {
  const found = part.matches(focusable) ? [part] : [...part.querySelectorAll(focusable)]
  return found.find((each): each is HTMLElement => each instanceof HTMLElement && !each.closest('[hidden], [style*="display: none"]'))
}

/** What took the place of the element that went, else what follows it, else what stood before it. */
function nearestTo(steps: readonly Step[]): HTMLElement | undefined {
  for (const { part, at } of steps) {
    if (!part.isConnected) continue
    const children = [...part.children]
    const found = [...children.slice(at), ...children.slice(0, at).reverse()].map(firstIn).find(Boolean)
    if (found) return found
  }
  return undefined
}

/**
 * A button that takes its own line away takes the focus with it: the line beside gets it, so that the keys go on there
 * and not at the top of the window. Used once, by the shell.
 */
export function useLostFocus(): void {
  useEffect(() => {
    let last: Element | null = null
    let around: Step[] = []
    const remember = ({ target }: FocusEvent) => {
      last = target instanceof Element ? target : null
      around = last ? stepsAround(last) : []
    }
    const watch = new MutationObserver(() => {
      if (!last || last.isConnected) return
      const steps = around
      last = null
      window.setTimeout(() => {
        if (document.activeElement !== null && document.activeElement !== document.body) return
        const next = nearestTo(steps)
        if (next) next.focus({ preventScroll: true })
        else focusContent()
      }, WAIT_MS)
    })
    document.addEventListener('focusin', remember)
    watch.observe(document.body, { subtree: true, childList: true })
    return () => {
      document.removeEventListener('focusin', remember)
      watch.disconnect()
    }
  }, [])
}
