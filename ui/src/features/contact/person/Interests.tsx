import { ActionIcon, Select, TextInput } from '@mantine/core'
import { IconCheck, IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InterestView } from '../../../ipc/bindings/InterestView'
import { Chip } from '../../../kit/StatusDot'
import { interestKinds } from '../model/fields'
import classes from './Interests.module.css'

type Props = {
  interests: readonly InterestView[]
  onAdd: (label: string, kind: string | null) => void
  onRemove: (interest: InterestView) => void
}

/** What a person is interested in, each with what it is about: a goal, a time, a course. */
export function Interests({ interests, onAdd, onRemove }: Props) {
  const { t } = useTranslation()
  const [isAdding, setAdding] = useState(false)
  return (
    <div role="group" aria-label={t('terms.field.interests')}>
      <div className={classes.all}>
        {interests.map((interest) => (
          <Chip
            key={interest.id}
            after={
              <button type="button" className={classes.off} aria-label={t('kit.removeTag', { label: interest.label })} onClick={() => onRemove(interest)}>
                <IconX size={12} />
              </button>
            }
          >
            {interest.kind ? <span className={classes.kind}>{t(`fields.interestKind.${interest.kind}`, { defaultValue: interest.kind })}</span> : null}
            {interest.label}
          </Chip>
        ))}
        {isAdding ? null : (
          <ActionIcon size={22} aria-label={t('kit.addTo', { label: t('terms.field.interests') })} onClick={() => setAdding(true)}>
            <IconPlus size={14} />
          </ActionIcon>
        )}
      </div>
      {isAdding ? <InterestForm onAdd={onAdd} onClose={() => setAdding(false)} /> : null}
    </div>
  )
}

type FormProps = Pick<Props, 'onAdd'> & { onClose: () => void }

function InterestForm({ onAdd, onClose }: FormProps) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<string | null>('course')
  const [label, setLabel] = useState('')
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!label.trim()) return
        onAdd(label.trim(), kind)
        setLabel('')
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
      onBlur={(event) => {
        const inside = event.relatedTarget === null || event.currentTarget.contains(event.relatedTarget) || (event.relatedTarget as Element).closest('[data-portal]')
        if (!inside && !label.trim()) onClose()
      }}
    >
      <Select
        size="xs"
        aria-label={t('person.interestAbout')}
        data={interestKinds.map((value) => ({ value, label: t(`fields.interestKind.${value}`) }))}
        value={kind}
        onChange={setKind}
        clearable
        placeholder={t('fields.interestKind.other')}
      />
      <TextInput
        size="xs"
        autoFocus
        aria-label={t('terms.field.interest')}
        placeholder={t(`person.interestHint.${kind ?? 'other'}`)}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <ActionIcon type="submit" size={30} variant="light" aria-label={t('kit.save')} disabled={!label.trim()}>
        <IconCheck size={14} />
      </ActionIcon>
    </form>
  )
}
