import { Button, Group, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskEdit } from '../../../ipc/bindings/TaskEdit'
import type { TaskView } from '../../../ipc/bindings/TaskView'
import { useFields } from '../model/useFields'
import { localMinute } from '../timeline/when'
import { RepeatSelect } from './RepeatSelect'

type Props = { task: TaskView; onSave: (change: TaskEdit) => void; onCancel: () => void }

/** What a change of a task says; null when nothing was changed. */
export function taskChange(task: TaskView, title: string, due: string, owner: string | null, repeat: string | null): TaskEdit | null {
  const before = task.dueAtMs === null ? '' : localMinute(task.dueAtMs)
  const dueAtMs = due === before || due === '' ? null : new Date(due).getTime()
  const change = {
    do: 'change' as const,
    title: title.trim() && title.trim() !== task.title ? title.trim() : null,
    dueAtMs,
    owner: owner && owner !== task.owner ? owner : null,
    isDueCleared: due === '' && before !== '',
    repeat: repeat === task.repeat ? null : (repeat ?? 'never'),
  }
  return change.title || change.dueAtMs || change.owner || change.isDueCleared || change.repeat ? change : null
}

/** Changes what is to be done, by when and by whom; an emptied moment means some time. */
export function TaskChange({ task, onSave, onCancel }: Props) {
  const { t } = useTranslation()
  const fields = useFields()
  const [title, setTitle] = useState(task.title)
  const [due, setDue] = useState(task.dueAtMs === null ? '' : localMinute(task.dueAtMs))
  const [owner, setOwner] = useState(task.owner)
  const [repeat, setRepeat] = useState(task.repeat)
  return (
    <form
      aria-label={t('task.change')}
      onSubmit={(event) => {
        event.preventDefault()
        const change = taskChange(task, title, due, owner, repeat)
        if (change) onSave(change)
        else onCancel()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
    >
      <TextInput size="xs" autoFocus aria-label={t('task.title')} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
      <Group gap={6} mt={6} grow>
        <TextInput size="xs" type="datetime-local" aria-label={t('task.due')} value={due} onChange={(event) => setDue(event.currentTarget.value)} />
        <Select size="xs" aria-label={t('task.owner')} placeholder={t('task.ownerHint')} data={fields.field('owner').choices.map(({ value, label }) => ({ value, label }))} value={owner} onChange={setOwner} />
      </Group>
      <RepeatSelect size="xs" mt={6} value={repeat} onChange={setRepeat} />
      <Group gap={6} mt={6} justify="flex-end">
        {due ? (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setDue('')}>
            {t('task.clearDue')}
          </Button>
        ) : null}
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {t('kit.cancel')}
        </Button>
        <Button size="compact-sm" type="submit">
          {t('kit.save')}
        </Button>
      </Group>
    </form>
  )
}
