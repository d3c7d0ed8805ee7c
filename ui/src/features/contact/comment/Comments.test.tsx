import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { toasts } from '../../../lib/toasts'
import { fakeCore } from '../../../testing/fakeCore'
import { drawScreens } from '../../../testing/renderApp'
import { sampleId } from '../../../testing/samplePeople'
import { PersonPage } from '../PersonPage'

const id = sampleId('CT', 3)
const title = 'Gọi lại hẹn học thử lớp Movers tối 3-5'

beforeEach(() => {
  sessionStorage.clear()
  toasts.set([])
})

const draw = () => drawScreens({ screens: { '/people/$id': PersonPage }, at: `/people/${id}`, core: fakeCore() })

it('a colleague is called by name about the person', async () => {
  const { core } = draw()
  await userEvent.click(await screen.findByRole('tab', { name: 'Bình luận' }))
  const field = screen.getByRole('textbox', { name: 'Bình luận' })
  await userEvent.type(field, '@bao')
  expect(await screen.findByText('Phạm Quốc Bảo', { selector: '[role=option]' })).toBeInTheDocument()
  await userEvent.type(field, '{Enter}xem giúp em')
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() =>
    expect(core.edits[0]).toMatchObject({
      noun: 'comment', contact: id, about: { is: 'person' }, edit: { do: 'write', body: '@Phạm Quốc Bảo xem giúp em', mentions: [sampleId('ST', 1)] },
    }),
  )
})

it('a task is remarked on where it stands', async () => {
  const { core } = draw()
  await userEvent.click(await screen.findByRole('button', { name: `Bình luận về việc ${title}` }))
  const related = within(screen.getByRole('complementary', { name: 'Việc và quan hệ' }))
  expect(related.getByText('@Phạm Quốc Bảo gọi sau 17:00 giúp chị')).toBeInTheDocument()
  await userEvent.type(related.getByRole('textbox', { name: 'Bình luận' }), 'Mẹ bận tới 18:00{Enter}')
  await waitFor(() => expect(core.edits[0]).toMatchObject({ noun: 'comment', about: { is: 'task', id: sampleId('TK', 900) }, edit: { do: 'write', mentions: [] } }))
  expect(await related.findByText('Mẹ bận tới 18:00')).toBeInTheDocument()
})

it('who wrote a remark can take it away', async () => {
  const { core } = draw()
  const related = within(await screen.findByRole('complementary', { name: 'Việc và quan hệ' }))
  await userEvent.click(await related.findByRole('button', { name: 'Xoá bình luận' }))
  await waitFor(() => expect(core.edits[0]).toMatchObject({ noun: 'comment', id: sampleId('CM', 2), edit: { do: 'delete' } }))
  expect(screen.getByRole('button', { name: 'Hoàn tác' })).toBeInTheDocument()
})
