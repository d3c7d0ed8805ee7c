import { screen } from '@testing-library/react'
import { draw } from '../../testing/render'
import { TagsField } from './TagsField'

it('the button that takes a tag off stands beside the words that are cut when they are long, and these can be read whole', () => {
  const label = 'Học bổng toàn phần khoá hè dành cho học viên cũ giới thiệu'
  draw(<TagsField label="Nhãn" tags={[{ id: 't1', label }]} known={[]} onAdd={() => undefined} onRemove={() => undefined} />)
  const off = screen.getByRole('button', { name: `Bỏ ${label}` })
  expect(screen.getByTitle(label)).not.toContainElement(off)
})
