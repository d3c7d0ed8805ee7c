import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { OpenInvite } from '../ipc/bindings/OpenInvite'
import { useLostFocus } from '../kit/useLostFocus'
import { fakeCore, type FakeCore } from '../testing/fakeCore'
import { drawScreens } from '../testing/renderApp'
import { sampleDefinitions } from '../testing/samplePeople'
import { InviteSection } from '../features/sync/InviteSection'
import { FieldSettings } from '../features/settings/FieldSettings'

function Fields() {
  useLostFocus()
  return <main tabIndex={-1}><FieldSettings /></main>
}

function Invites() {
  useLostFocus()
  return <main tabIndex={-1}><InviteSection /></main>
}

const invites: OpenInvite[] = ['i1', 'i2'].map((id) => ({ id, role: 'staff', branches: [], expiresAtMs: Date.now() + 86_400_000 }))

/** A centre whose own fields and invites go once they are taken out of use. */
function centre(): FakeCore {
  const gone = (id: string) => core.edits.some((edit) => edit.noun === 'definition' && edit.id === id)
  const core: FakeCore = fakeCore({
    answers: {
      'definition.list': () => ({ ...sampleDefinitions, fields: sampleDefinitions.fields.filter(({ id }) => !gone(id)) }),
      'invite.list': () => invites.filter(({ id }) => !core.calls.some((call) => call.name === 'invite.withdraw' && (call.args as { id: string }).id === id)),
      'invite.withdraw': () => ({}),
    },
  })
  return core
}

it('a field that is no longer used leaves the focus on the next line', async () => {
  drawScreens({ screens: { '/': Fields }, at: '/', core: centre() })
  const [first] = await screen.findAllByRole('button', { name: 'Thôi dùng' })
  first?.focus()
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(screen.getAllByRole('button', { name: 'Thôi dùng' })).toHaveLength(1))
  await waitFor(() => expect(screen.getByRole('button', { name: /Đã nhận sách/ })).toHaveFocus(), { timeout: 1000 })
})

it('an invite that is withdrawn leaves the focus on the next one, the last one on the content', async () => {
  const { core } = drawScreens({ screens: { '/': Invites }, at: '/', core: centre() })
  for (const left of [1, 0]) {
    const [first] = await screen.findAllByRole('button', { name: 'Thu hồi' })
    first?.focus()
    // Asked once more, with the focus on the way out; the deed stands before it.
    await userEvent.keyboard('{Enter}{Shift>}{Tab}{/Shift}{Enter}')
    await waitFor(() => expect(screen.queryAllByRole('button', { name: 'Thu hồi' })).toHaveLength(left))
    if (left) await waitFor(() => expect(screen.getByRole('button', { name: 'Thu hồi' })).toHaveFocus(), { timeout: 1000 })
    else await waitFor(() => expect(screen.getByRole('main')).toHaveFocus(), { timeout: 1000 })
  }
  expect(core.calls.filter((call) => call.name === 'invite.withdraw').map((call) => call.args)).toEqual([{ id: 'i1' }, { id: 'i2' }])
})

it('whoever thinks better of it has the focus where it was', async () => {
  drawScreens({ screens: { '/': Invites }, at: '/', core: centre() })
  const [first] = await screen.findAllByRole('button', { name: 'Thu hồi' })
  first?.focus()
  await userEvent.keyboard('{Enter}{Enter}')
  await waitFor(() => expect(screen.getAllByRole('button', { name: 'Thu hồi' })[0]).toHaveFocus(), { timeout: 1000 })
})
