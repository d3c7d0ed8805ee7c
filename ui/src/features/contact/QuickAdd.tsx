import { Autocomplete, Button, Chip, Modal, Select, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../ipc/useCall'
import { kinds } from '../../lib/terms'
import { aboutContact } from './model/edits'
import { newId } from './model/newId'
import { useAsk } from './model/useAsk'
import { useFields } from './model/useFields'
import { createEdit, emptyDraft, keepDraft, keptDraft, type Draft } from './quickAdd/draft'
import { Hints } from './quickAdd/Hints'
import classes from './quickAdd/QuickAdd.module.css'

type Props = { onClose: () => void }

/** Adds a person from anywhere: a name and a phone are enough, Enter saves. */
export function QuickAdd({ onClose }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const fields = useFields()
  const ask = useAsk()
  const session = useCall('session.get', {}).data
  const [draft, setDraft] = useState<Draft>(() => keptDraft() ?? emptyDraft(null))
  const [isMissing, setMissing] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const held = (fields.definitions?.branches ?? []).filter((branch) => branch.isHeld)
  const branch = draft.branch ?? session?.branches[0] ?? held[0]?.id ?? null
  const label = (key: string) => fields.field(key).label
  useEffect(() => keepDraft(draft), [draft])
  const set = (part: Partial<Draft>) => {
    setMissing(false)
    setDraft((now) => ({ ...now, ...part }))
  }
  const open = (id: string) => {
    onClose()
    void navigate({ to: '/people/$id', params: { id } })
  }
  const save = async (thenOpen: boolean) => {
    if (isSaving) return
    if (!draft.fullName.trim()) return setMissing(true)
    const id = newId()
    setSaving(true)
    const isSaved = await ask([aboutContact(id, createEdit({ ...draft, branch }))], t('quickAdd.added', { name: draft.fullName.trim() }))
    setSaving(false)
    if (!isSaved) return
    keepDraft(null)
    setDraft(emptyDraft(branch))
    if (thenOpen) open(id)
    else onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('actions.addPerson')} size={460} yOffset="10vh" centered={false} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          void save(false)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            void save(true)
          }
        }}
      >
        <TextInput
          label={label('fullName')}
          placeholder={t('quickAdd.nameHint')}
          data-autofocus
          autoComplete="off"
          value={draft.fullName}
          error={isMissing ? t('quickAdd.nameMissing') : null}
          onChange={(event) => set({ fullName: event.currentTarget.value })}
        />
        <div className={classes.pair}>
          <TextInput label={label('phone')} inputMode="tel" autoComplete="off" value={draft.phone} onChange={(event) => set({ phone: event.currentTarget.value })} />
          <TextInput label={label('email')} inputMode="email" autoComplete="off" value={draft.email} onChange={(event) => set({ email: event.currentTarget.value })} />
        </div>
        <Hints draft={draft} onOpen={open} />
        <div className={classes.chips} role="group" aria-label={label('kind')}>
          <Chip.Group value={draft.kind} onChange={(value) => set({ kind: String(value) })}>
            {kinds.map((kind) => (
              <Chip key={kind} value={kind} size="xs">
                {t(`terms.kind.${kind}`)}
              </Chip>
            ))}
          </Chip.Group>
        </div>
        <div className={classes.pair}>
          <Select
            label={label('branch')}
            data={held.map(({ id, name }) => ({ value: id, label: name }))}
            value={branch}
            allowDeselect={false}
            onChange={(value) => set({ branch: value })}
          />
          <Autocomplete label={label('source')} data={fields.field('source').choices.map((choice) => choice.label)} value={draft.source} onChange={(source) => set({ source })} />
        </div>
        <div className={classes.foot}>
          <span className={classes.kept}>{t('quickAdd.keys')}</span>
          <Button variant="default" onClick={() => void save(true)} disabled={isSaving}>
            {t('quickAdd.saveAndOpen')}
          </Button>
          <Button type="submit" loading={isSaving}>
            {t('kit.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
