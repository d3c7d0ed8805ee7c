import { Button, Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../ipc/useCall'
import { useFocusBack } from '../../kit/useFocusBack'
import { newPeople } from './model/newId'
import { useAsk } from './model/useAsk'
import { useFields } from './model/useFields'
import { emptyDraft, keepDraft, keptDraft, problemsOf, walkInEdits, type Draft } from './quickAdd/draft'
import { GuardianFields } from './quickAdd/GuardianFields'
import { MeetingFields } from './quickAdd/MeetingFields'
import { PersonFields } from './quickAdd/PersonFields'
import classes from './quickAdd/QuickAdd.module.css'

type Props = { onClose: () => void }

/** Adds a person from anywhere, most often one who stands at the desk: a name is enough, Enter saves. */
export function QuickAdd({ onClose }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const fields = useFields()
  const ask = useAsk()
  const session = useCall('session.get', {}).data
  const [draft, setDraft] = useState<Draft>(() => keptDraft() ?? emptyDraft(null))
  const [problems, setProblems] = useState<ReturnType<typeof problemsOf>>({})
  const [isSaving, setSaving] = useState(false)
  const held = (fields.definitions?.branches ?? []).filter((branch) => branch.isHeld)
  const branch = draft.branch ?? session?.branches[0] ?? held[0]?.id ?? null
  useEffect(() => keepDraft(draft), [draft])
  useFocusBack()
  const set = (part: Partial<Draft>) => {
    setProblems({})
    setDraft((now) => ({ ...now, ...part }))
  }
  const open = (id: string) => {
    onClose()
    void navigate({ to: '/people/$id', params: { id } })
  }
  const save = async (thenOpen: boolean) => {
    if (isSaving) return
    const found = problemsOf(draft)
    if (found.fullName || found.birthOn) return setProblems(found)
    let id = ''
    const name = draft.fullName.trim()
    const edits = async () => {
      const [person = '', guardian = ''] = await newPeople(branch, 2)
      id = person
      return walkInEdits({ ...draft, branch }, { person, guardian }, t('quickAdd.guardianOf', { name }))
    }
    setSaving(true)
    const isSaved = await ask(edits, t('quickAdd.added', { name }))
    setSaving(false)
    if (!isSaved) return
    keepDraft(null)
    setDraft(emptyDraft(branch))
    if (thenOpen) open(id)
    else onClose()
  }
  const mayHaveGuardian = draft.kind === 'lead' || draft.kind === 'student'
  return (
    <Modal opened onClose={onClose} title={t('actions.addPerson')} size={520} yOffset="6vh" centered={false} closeButtonProps={{ 'aria-label': t('kit.close') }}>
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
        <PersonFields draft={draft} fields={fields} problems={problems} branch={branch} onChange={set} onOpen={open} />
        {mayHaveGuardian ? <GuardianFields draft={draft} onChange={set} /> : null}
        <MeetingFields draft={draft} onChange={set} />
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
