import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { draw } from '../../testing/render'
import { InlineField } from './InlineField'

const errorText = (thrown: unknown) => (thrown as Error).message

beforeEach(() => sessionStorage.clear())

it('Enter edits, Enter saves, and the new value stands there', async () => {
  const onSave = vi.fn().mockResolvedValue(null)
  draw(<InlineField label="Họ tên" kind="text" value="Trần Lan" onSave={onSave} errorText={errorText} />)
  screen.getByRole('button', { name: 'Họ tên Trần Lan' }).focus()
  await userEvent.keyboard('{Enter}')
  await userEvent.keyboard('Trần Ngọc Lan{Enter}')
  expect(onSave).toHaveBeenCalledExactlyOnceWith('Trần Ngọc Lan')
  expect(await screen.findByText('Trần Ngọc Lan')).toBeVisible()
})

it('Escape lets it be', async () => {
  const onSave = vi.fn()
  draw(<InlineField label="Họ tên" kind="text" value="Trần Lan" onSave={onSave} errorText={errorText} draftKey="d" />)
  await userEvent.click(screen.getByRole('button'))
  await userEvent.keyboard('khác{Escape}')
  expect(onSave).not.toHaveBeenCalled()
  expect(screen.getByText('Trần Lan')).toBeVisible()
})

it('Tab saves and moves on', async () => {
  const onSave = vi.fn().mockResolvedValue(null)
  draw(
    <>
      <InlineField label="Trường" kind="text" value="A" onSave={onSave} errorText={errorText} />
      <InlineField label="Lớp" kind="text" value="B" onSave={vi.fn()} errorText={errorText} />
    </>,
  )
  await userEvent.click(screen.getByRole('button', { name: 'Trường A' }))
  await userEvent.keyboard('C{Tab}')
  expect(onSave).toHaveBeenCalledExactlyOnceWith('C')
  expect(screen.getByRole('button', { name: 'Lớp B' })).toHaveFocus()
})

it('dates are typed day first and a day that is none is refused', async () => {
  const onSave = vi.fn().mockResolvedValue(null)
  draw(<InlineField label="Ngày sinh" kind="date" value="" onSave={onSave} errorText={errorText} />)
  await userEvent.click(screen.getByRole('button'))
  await userEvent.keyboard('31/2/2012{Enter}')
  expect(screen.getByText(/Không có ngày này/)).toBeVisible()
  await userEvent.clear(screen.getByRole('textbox'))
  await userEvent.keyboard('9/3/2012{Enter}')
  expect(onSave).toHaveBeenCalledExactlyOnceWith('2012-03-09')
})

it('a failure keeps what was typed and says why', async () => {
  const onSave = vi.fn().mockRejectedValue(new Error('đĩa đã đầy'))
  const first = draw(<InlineField label="Trường" kind="text" value="A" onSave={onSave} errorText={errorText} draftKey="x" />)
  await userEvent.click(screen.getByRole('button'))
  await userEvent.keyboard('Lê Quý Đôn{Enter}')
  expect(await screen.findByText('đĩa đã đầy')).toBeVisible()
  expect(screen.getByRole('textbox')).toHaveValue('Lê Quý Đôn')
  first.unmount()
  draw(<InlineField label="Trường" kind="text" value="A" onSave={onSave} errorText={errorText} draftKey="x" />)
  expect(screen.getByRole('textbox')).toHaveValue('Lê Quý Đôn')
})

it('choices narrow without marks', async () => {
  const onSave = vi.fn().mockResolvedValue(null)
  draw(
    <InlineField
      label="Chi nhánh"
      kind="choice"
      value=""
      choices={[
        { value: 'q1', label: 'Quận 1' },
        { value: 'td', label: 'Thủ Đức' },
      ]}
      onSave={onSave}
      errorText={errorText}
    />,
  )
  await userEvent.click(screen.getByRole('button'))
  await userEvent.keyboard('thu duc{Enter}')
  expect(onSave).toHaveBeenCalledExactlyOnceWith('td')
})
