import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import type { Edit } from '../../../ipc/bindings/Edit'
import type { TaskView } from '../../../ipc/bindings/TaskView'
import { DigitChoice } from '../../../kit/DigitChoice'
import { completeTask, logCall, type CallLog as Log } from '../person/personEdits'
import { useAsk } from '../model/useAsk'
import { callOutcomes, otherOutcomes, quickSteps, stepTask } from '../task/steps'
import classes from './CallLog.module.css'

type Props = {
  page: ContactPage
  /** The task that is completed; without one a call is written down. */
  task?: TaskView
  onClose: () => void
}

/** Writes a call down, or ends a task, in two digits: how it went, and what comes next. */
export function CallLog({ page, task, onClose }: Props) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [outcome, setOutcome] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const outcomes: readonly string[] = !task || task.kind === 'call' ? callOutcomes : otherOutcomes
  const finish = (id: string) => {
    const step = quickSteps.find((each) => each.id === id)
    if (!step || outcome === null) return
    const nowMs = Date.now()
    const log: Log = { outcome, note: note.trim(), next: stepTask(step, t(`task.step.${id}`), nowMs), nowMs }
    const edits: Edit[] = task ? [completeTask(page.row.id, task.id, log)] : logCall(page, log)
    const message = task ? t('task.finished', { title: task.title }) : t('person.callLogged', { outcome: t(`fields.outcome.${outcome}`) })
    onClose()
    void ask(edits, message)
  }
  return (
    <div className={classes.log} role="group" aria-label={task ? t('task.finish') : t('person.logCall')}>
      {task ? <div className={classes.title}>{task.title}</div> : null}
      {outcome === null ? (
        <DigitChoice
          label={t('task.howDidItGo')}
          choices={outcomes.map((id) => ({ id, label: t(`fields.outcome.${id}`) }))}
          onChoose={setOutcome}
          onCancel={onClose}
        />
      ) : (
        <DigitChoice
          label={t('task.thenWhat')}
          choices={quickSteps.map(({ id }) => ({ id, label: t(`task.step.${id}`) }))}
          onChoose={finish}
          onCancel={() => setOutcome(null)}
        />
      )}
      <TextInput aria-label={t('person.callNote')} placeholder={t('person.callNote')} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </div>
  )
}
