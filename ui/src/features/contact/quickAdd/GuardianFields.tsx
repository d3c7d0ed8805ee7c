import { ActionIcon, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../../ipc/useCall'
import { Avatar } from '../../../kit/Avatar'
import { formatPhone } from '../../../lib/vietnamese'
import hint from '../hint/Hints.module.css'
import type { Draft } from './draft'
import classes from './QuickAdd.module.css'

type Props = { draft: Draft; onChange: (part: Partial<Draft>) => void }

const DEBOUNCE_MS = 120
const DIGITS_MIN = 6
const OFFERED_MAX = 3

/** The guardian of a child: somebody new, or somebody who is here already. */
export function GuardianFields({ draft, onChange }: Props) {
  const { t } = useTranslation()
  const [phone] = useDebouncedValue(draft.guardianPhone, DEBOUNCE_MS)
  const isAsked = !draft.guardian && phone.replace(/\D/g, '').length >= DIGITS_MIN
  const found = useCall('contact.hint', { fullName: '', phone, email: '', except: null }, { enabled: isAsked, keep: true }).data ?? []
  const { guardian } = draft
  return (
    <div role="group" aria-label={t('quickAdd.guardian')} className={classes.part}>
      {guardian ? (
        <div className={classes.linked}>
          <Avatar name={guardian.fullName} seed={guardian.id} size={26} />
          <span className={hint.hintWords}>
            <span className={hint.hintName}>{guardian.fullName}</span>
            <span className={hint.hintSub}>{t('quickAdd.guardian')}</span>
          </span>
          <ActionIcon size={24} aria-label={t('quickAdd.otherGuardian')} onClick={() => onChange({ guardian: null })}>
            <IconX size={13} />
          </ActionIcon>
        </div>
      ) : (
        <div className={classes.pair}>
          <TextInput label={t('terms.field.guardianName')} autoComplete="off" value={draft.guardianName} onChange={(event) => onChange({ guardianName: event.currentTarget.value })} />
          <TextInput label={t('terms.field.guardianPhone')} inputMode="tel" autoComplete="off" value={draft.guardianPhone} onChange={(event) => onChange({ guardianPhone: event.currentTarget.value })} />
        </div>
      )}
      {isAsked && found.length > 0 ? (
        <div className={hint.hints} role="status" aria-label={t('quickAdd.guardianHere')}>
          <div className={hint.hintTitle}>{t('quickAdd.guardianHere')}</div>
          {found.slice(0, OFFERED_MAX).map(({ contact }) => (
            <button key={contact.id} type="button" className={hint.hint} onClick={() => onChange({ guardian: { id: contact.id, fullName: contact.fullName } })}>
              <Avatar name={contact.fullName} seed={contact.id} size={26} />
              <span className={hint.hintWords}>
                <span className={hint.hintName}>{contact.fullName}</span>
                <span className={hint.hintSub}>
                  {[t(`terms.kind.${contact.kind}`, { defaultValue: contact.kind }), contact.phone ? formatPhone(contact.phone) : null].filter(Boolean).join(' · ')}
                </span>
              </span>
              <span className={hint.hintOpen}>{t('quickAdd.takeGuardian')}</span>
            </button>
          ))}
        </div>
      ) : null}
    </div>
  )
}
