import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { useBusyFocus } from './useFocusBack'

function Busy() {
  const [isBusy, setBusy] = useState(false)
  useBusyFocus()
  return (
    <>
      <button disabled={isBusy} onClick={() => setBusy(true)}>Lưu</button>
      <button onClick={() => setBusy(false)}>Xong</button>
    </>
  )
}

/** A browser takes the focus from what is disabled; here it is taken by hand, while it can be. */
function pressed(): HTMLElement {
  const save = screen.getByRole('button', { name: 'Lưu' })
  save.focus()
  save.blur()
  fireEvent.click(save)
  return save
}

it('a button that was busy gets the focus back', async () => {
  render(<Busy />)
  const save = pressed()
  expect(document.body).toHaveFocus()
  fireEvent.click(screen.getByRole('button', { name: 'Xong' }))
  await waitFor(() => expect(save).toHaveFocus(), { timeout: 1000 })
})

it('whoever went elsewhere meanwhile stays there', async () => {
  render(<Busy />)
  const save = pressed()
  const done = screen.getByRole('button', { name: 'Xong' })
  done.focus()
  fireEvent.click(done)
  await waitFor(() => expect(save).toBeEnabled())
  expect(done).toHaveFocus()
})
