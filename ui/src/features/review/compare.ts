import type { ContactRow } from '../../ipc/bindings/ContactRow'

/** Fields that are set against each other, in the order of their weight. */
const compared = ['fullName', 'phone', 'email', 'birthOn', 'kind', 'status', 'school', 'level', 'branch', 'owner', 'source'] as const

/** One field of two people. */
export type ComparedField = { field: string; left: string; right: string; difference: 'same' | 'different' | 'oneSided' }

/** Sets two people against each other; fields that neither has are left out. */
export function compareContacts(left: ContactRow, right: ContactRow): ComparedField[] {
  return compared.flatMap((field) => {
    const values = { left: left[field] ?? '', right: right[field] ?? '' }
    if (values.left === '' && values.right === '') return []
    const isSame = values.left.normalize('NFC') === values.right.normalize('NFC')
    const isOneSided = values.left === '' || values.right === ''
    return [{ field, ...values, difference: isSame ? 'same' : isOneSided ? 'oneSided' : 'different' }]
  })
}
