import { Button, Chip, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NewTask } from '../../../ipc/bindings/NewTask'
import { DateText } from '../../../kit/field/DateText'
import { toIsoDate } from '../../../lib/dates'
import { useFields } from '../model/useFields'
import { RepeatSelect } from './RepeatSelect'
import { dueChoices } from './steps'
import classes from './TaskForm.module.css'

const taskKinds = ['call', 'message', 'meet', 'email', 'other'] as const
const DUE_HOUR = 9

type Props = { onSave: (task: NewTask) => void; onCancel: () => void; saveLabel?: string }

/** Writes down what is to be done, by when and by whom. */
export function TaskForm({ onSave, onCancel, saveLabel }: Props) {
  const { t } = useTranslation()
  const fields = useFields()
  const [kind, setKind] = useState<string>('call')
  const [title, setTitle] = useState('')
  const [due, setDue] = useState<string>('tomorrow')
  const [date, setDate] = useState('')
  const [owner, setOwner] = useState<string | null>(null)
  const [repeat, setRepeat] = useState<string | null>(null)
  const save = () => {
    const choice = dueChoices.find((each) => each.id === due)
    const dueAtMs = choice ? choice.dueAt(Date.now()) : date ? new Date(`${date}T${String(DUE_HOUR).padStart(2, '0')}:00:00`).getTime() : null
    onSave({ kind, title: title.trim() || t(`fields.taskKind.${kind}`), dueAtMs, owner, repeat })
  }
  return (
    <form
      className={classes.form}
      aria-label={t('task.add')}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation()
          onCancel()
        }
      }}
    >
      <TextInput aria-label={t('task.title')} placeholder={t('task.titleHint')} value={title} data-autofocus autoFocus onChange={(event) => setTitle(event.currentTarget.value)} />
      <div className={classes.chips} role="group" aria-label={t('task.kind')}>
        <Chip.Group value={kind} onChange={(value) => setKind(String(value))}>
          {taskKinds.map((each) => (
            <Chip key={each} value={each} size="xs">
              {t(`fields.taskKind.${each}`)}
            </Chip>
          ))}
        </Chip.Group>
      </div>
      <div className={classes.chips} role="group" aria-label={t('task.due')}>
        <Chip.Group value={due} onChange={(value) => setDue(String(value))}>
          {[...dueChoices.map((each) => each.id), 'date'].map((each) => (
            <Chip key={each} value={each} size="xs">
              {t(`task.dueIn.${each}`)}
            </Chip>
          ))}
        </Chip.Group>
        {due === 'date' ? <DateText label={t('task.due')} value={date || toIsoDate(Date.now())} onChange={setDate} /> : null}
      </div>
      <div className={classes.pair}>
        <Select
          aria-label={t('task.owner')}
          placeholder={t('task.ownerHint')}
          data={fields.field('owner').choices.map(({ value, label }) => ({ value, label }))}
          value={owner}
          onChange={setOwner}
          clearable
          searchable
        />
        <RepeatSelect value={repeat} onChange={setRepeat} />
      </div>
      <div className={classes.foot}>
        <Button variant="default" onClick={onCancel}>
          {t('kit.cancel')}
        </Button>
        <Button type="submit">{saveLabel ?? t('task.add')}</Button>
      </div>
    </form>
  )
}
