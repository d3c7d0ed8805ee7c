import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { answerWith, draw } from '../../testing/render'
import { PassphraseLine } from './PassphraseLine'

it.each(['Escape', 'Thôi'])('the passphrase is left with %s, and the keys go on where they were', async (way) => {
  answerWith({})
  draw(<PassphraseLine hasPassphrase />)
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  expect(screen.getByLabelText('Mật khẩu hiện tại')).toHaveFocus()
  if (way === 'Escape') await userEvent.keyboard('{Escape}')
  else await userEvent.click(screen.getByRole('button', { name: way }))
  await waitFor(() => expect(screen.getByRole('button', { name: 'Đổi mật khẩu' })).toHaveFocus(), { timeout: 1000 })
})
