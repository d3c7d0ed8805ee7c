import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { answerWith, draw } from '../testing/render'
import { TakenBackBanner } from './TakenBackBanner'

const cutOff = { action: '01ACTION', done: 1000, total: 2100, atMs: 1 }

test('a change that was cut off is told with both numbers until somebody has read it', async () => {
  const core = answerWith({ 'bulk.takenBack': [cutOff], 'bulk.forgetTakenBack': {} })
  draw(<TakenBackBanner />)
  const told = await screen.findByRole('alert')
  expect(told.textContent).toContain('2.100 người')
  expect(told.textContent).toContain('1.000 người')
  expect(told.textContent).toContain('không ai bị thay đổi')
  await userEvent.click(screen.getByRole('button', { name: 'Đã hiểu' }))
  await waitFor(() => expect(core.asked.map(({ name }) => name)).toContain('bulk.forgetTakenBack'))
})

test('nothing is told when nothing was cut off', async () => {
  const core = answerWith({ 'bulk.takenBack': [] })
  draw(<TakenBackBanner />)
  await waitFor(() => expect(core.asked).toHaveLength(1))
  expect(screen.queryByRole('alert')).toBeNull()
})

test('what follows is said once, however many were cut off', async () => {
  answerWith({ 'bulk.takenBack': [cutOff, { action: '01OTHER', done: 3, total: 9, atMs: 2 }] })
  draw(<TakenBackBanner />)
  const told = await screen.findByRole('alert')
  expect(told.textContent).toContain('9 người')
  expect(told.textContent?.split('hãy làm lại')).toHaveLength(2)
})
