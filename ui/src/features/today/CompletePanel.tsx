import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskView } from '../../ipc/bindings/TaskView'
import { useEdit } from '../../ipc/useEdit'
import { DigitChoice } from '../../kit/DigitChoice'
import { completeEdit, nextSteps, outcomes, plainOutcomes, type NextStepId, type Outcome, type PlainOutcome } from './taskEdits'
import classes from './Today.module.css'

type Props = { task: TaskView; onClose: () => void }

/** Ends a task in two digits: how it went, and what comes next. */
export function CompletePanel({ task, onClose }: Props) {
  const { t } = useTranslation()
  const edit = useEdit()
  const [outcome, setOutcome] = useState<Outcome | PlainOutcome | null>(null)
  const [note, setNote] = useState('')
  const offered: readonly (Outcome | PlainOutcome)[] = task.kind === 'call' ? outcomes : plainOutcomes
  const finish = (next: NextStepId) => {
    if (!outcome || edit.isPending) return
    const ending = { outcome, note: note.trim(), next, nextTitle: t(`today.step.${next}`), nowMs: Date.now() }
    edit.mutate({ edits: [completeEdit(task, ending)], message: t('today.finished', { title: task.title }) }, { onSuccess: onClose })
  }
  return (
    <div className={classes.panel}>
      {outcome === null ? (
        <DigitChoice
          label={t('today.howDidItGo')}
          choices={offered.map((id) => ({ id, label: t(`today.outcome.${id}`) }))}
          onChoose={setOutcome}
          onCancel={onClose}
        />
      ) : (
        <DigitChoice
          label={t('today.thenWhat')}
          choices={nextSteps.map((id) => ({ id, label: t(`today.step.${id}`) }))}
          onChoose={finish}
          onCancel={() => setOutcome(null)}
        />
      )}
      <TextInput
        aria-label={t('today.note')}
        placeholder={t('today.note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </div>
  )
}
