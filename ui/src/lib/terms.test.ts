import { fieldLabel, fieldText, splitField } from './terms'

const t = (key: string, options?: Record<string, unknown>) => (key.startsWith('terms.field.lớp') ? String(options?.defaultValue) : key)
const names = {
  branches: [{ id: 'b1', name: 'Gò Vấp' }],
  staff: [{ id: 's1', name: 'Lê Thu Hà' }],
  fields: [{ field: 'custom.01H', label: 'Mục tiêu' }],
}

it('a numbered field is its base with its place', () => {
  expect(splitField('phone.2')).toEqual({ base: 'phone', place: 2 })
  expect(splitField('custom.01HXYZ')).toEqual({ base: 'custom.01HXYZ', place: 0 })
})

it('the first phone carries no number, the second does', () => {
  expect(fieldLabel(t, 'phone.1')).toBe('terms.field.phone')
  expect(fieldLabel(t, 'phone.2')).toBe('terms.field.phone 2')
})

it('an own field goes by the name that the centre gave it', () => {
  expect(fieldLabel(t, 'custom.01H', names)).toBe('Mục tiêu')
})

it('values read as people write them', () => {
  expect(fieldText(t, 'phone.1', '+84912345678')).toBe('0912 345 678')
  expect(fieldText(t, 'birthOn', '2012-03-09')).toBe('09/03/2012')
  expect(fieldText(t, 'branch', 'b1', names)).toBe('Gò Vấp')
  expect(fieldText(t, 'owner', 's9', names)).toBe('s9')
  expect(fieldText(t, 'status', 'active')).toBe('terms.status.active')
  expect(fieldText(t, 'status', 'xyz')).toBe('xyz')
})

it('a consent reads as what was agreed to and by which channel', () => {
  expect(fieldText(t, 'consent', 'granted marketing sms')).toBe('person.granted: fields.purpose.marketing · fields.channelName.sms')
  expect(fieldText(t, 'consent', 'of a newer program')).toBe('of a newer program')
})
