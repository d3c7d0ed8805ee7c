import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { draw } from '../../testing/render'
import { DelimiterChoice } from './DelimiterChoice'

it('any character can be typed as what stands between cells', async () => {
  const onChoose = vi.fn()
  draw(<DelimiterChoice value="," onChoose={onChoose} />)
  await userEvent.click(screen.getByRole('combobox', { name: 'Dấu ngăn cột' }))
  await userEvent.click(await screen.findByRole('option', { name: 'Dấu khác', hidden: true }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Dấu ấy' }), '^')
  expect(onChoose).toHaveBeenCalledWith('^')
})
