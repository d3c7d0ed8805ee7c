import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { answerWith, draw } from '../../testing/render'
import { sampleDefinitions } from '../../testing/samplePeople'
import { InvitePanel } from './InvitePanel'

it('an invite is made, copied and left by keys alone', async () => {
  const invite = { id: 'i1', text: 'quen:abc', qrSvg: '<svg xmlns="http://www.w3.org/2000/svg"/>', role: 'staff', branches: [], expiresAtMs: Date.now() + 3_600_000 }
  const core = answerWith({ 'definition.list': sampleDefinitions, 'invite.make': invite as never })
  const onClose = vi.fn()
  draw(<InvitePanel onClose={onClose} />)
  expect(screen.getByRole('radio', { name: 'Tư vấn viên' })).toHaveFocus()
  await screen.findAllByRole('checkbox')
  await userEvent.tab()
  await userEvent.keyboard(' {Enter}')
  await waitFor(() => expect(core.asked.map(({ name }) => name)).toContain('invite.make'))
  await waitFor(() => expect(screen.getByRole('button', { name: 'Chép mã' })).toHaveFocus(), { timeout: 1000 })
  await userEvent.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalled()
})
