import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'

// A loaded machine takes longer than the usual second; a test that waits in vain still fails.
configure({ asyncUtilTimeout: 8_000 })

afterEach(cleanup)

// jsdom lacks these; components only need them to exist.
Object.defineProperty(window, 'matchMedia', {
  writable: true,
  value: (query: string) => ({
    matches: false,
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    dispatchEvent: () => false,
  }),
})

class StillObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
Object.defineProperty(window, 'ResizeObserver', { writable: true, value: StillObserver })
Element.prototype.scrollIntoView = () => undefined
Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: () => 600 })
Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, get: () => 900 })
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 600 })
Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => 900 })
Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true })
