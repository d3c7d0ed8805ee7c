import { render, screen } from '@testing-library/react'
import { startTranslation } from '../lib/i18n'
import { toIpcError } from './errors'
import { useErrorText } from './useErrorText'

function Said({ thrown }: { thrown: unknown }) {
  return <p>{useErrorText()(thrown)}</p>
}

it('an error of no kind that is known is said with its code, never with the place for it', () => {
  startTranslation('vi')
  render(<Said thrown={new Error('whatever')} />)
  expect(screen.getByText(/ngoài dự tính \(unknown\)/)).toBeVisible()
})

it('a screen that could not be fetched says that the program cannot be reached', () => {
  expect(toIpcError(new Error('Unable to preload CSS for /assets/a.css')).code).toBe('unreachable')
  expect(toIpcError(new TypeError('Failed to fetch dynamically imported module: x')).code).toBe('unreachable')
})
