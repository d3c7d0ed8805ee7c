import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactRef } from '../../../ipc/bindings/ContactRef'
import { useCall } from '../../../ipc/useCall'
import { OptionPicker } from '../../../kit/OptionPicker'
import { formatPhone } from '../../../lib/vietnamese'

type Props = { /** Whom to leave out. */ except: string; onPick: (person: ContactRef) => void }

const FOUND_MAX = 12

/** Finds a person by name, phone or e-mail. */
export function PersonPicker({ except, onPick }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const found = useCall('contact.search', { text, limit: FOUND_MAX }, { enabled: text.trim().length > 1, keep: true })
  const people = text.trim().length > 1 ? (found.data ?? []).map((hit) => hit.contact).filter((person) => person.id !== except) : []
  return (
    <OptionPicker
      label={t('person.find')}
      placeholder={t('person.findHint')}
      options={people.map((person) => ({ value: person.id, label: person.fullName, hint: person.phone ? formatPhone(person.phone) : undefined }))}
      onType={setText}
      onPick={(id) => {
        const person = people.find((each) => each.id === id)
        if (person) onPick(person)
      }}
    />
  )
}
