import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { IconCircle, IconCircleCheckFilled, IconDots, IconMessage, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommentView } from '../../../ipc/bindings/CommentView'
import type { ConflictView } from '../../../ipc/bindings/ConflictView'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import type { TaskEdit } from '../../../ipc/bindings/TaskEdit'
import type { TaskView } from '../../../ipc/bindings/TaskView'
import { useNow } from '../../../kit/useNow'
import { formatDateTime, relativeTime } from '../../../lib/dates'
import { useLanguage } from '../../../lib/useLanguage'
import { Comments } from '../comment/Comments'
import { aboutTask } from '../model/edits'
import { newId } from '../model/newId'
import { useAsk } from '../model/useAsk'
import type { Fields } from '../model/useFields'
import { ConflictMark } from '../person/ConflictMark'
import { Section } from '../person/Facts'
import { TaskChange } from '../task/TaskChange'
import { TaskForm } from '../task/TaskForm'
import classes from './Related.module.css'

type Props = {
  page: ContactPage
  fields: Fields
  isAdding: boolean
  onAdding: (isAdding: boolean) => void
  onFinish: (task: TaskView) => void
}

/** Done tasks that are shown at most. */
const DONE_MAX = 5

/** The next step, always in sight, then the other tasks. */
export function Tasks({ page, fields, isAdding, onAdding, onFinish }: Props) {
  const { t } = useTranslation()
  const ask = useAsk()
  const contact = page.row.id
  const open = page.tasks.filter((task) => task.doneAtMs === null)
  const done = page.tasks.filter((task) => task.doneAtMs !== null).slice(0, DONE_MAX)
  const [next, ...others] = open
  const act = (task: TaskView, edit: TaskEdit, message: string) => void ask([aboutTask(contact, task.id, edit)], message)
  const line = (task: TaskView) => <TaskLine key={task.id} contact={contact} comments={page.taskComments[task.id] ?? []} task={task} conflict={page.conflicts.find((each) => each.field === `task.${task.id}.title`)} fields={fields} onFinish={onFinish} onAct={act} />
  return (
    <>
      <Section
        title={t('task.next')}
        action={
          <Tooltip label={`${t('task.add')} · N`}>
            <ActionIcon size={24} aria-label={t('task.add')} onClick={() => onAdding(true)}>
              <IconPlus size={14} />
            </ActionIcon>
          </Tooltip>
        }
      >
        {next ? line(next) : null}
        {isAdding ? (
          <div className={classes.form}>
            <TaskForm
              onCancel={() => onAdding(false)}
              onSave={(task) => {
                onAdding(false)
                void ask([aboutTask(contact, newId(), { do: 'add', ...task })], t('task.added', { title: task.title }))
              }}
            />
          </div>
        ) : next ? null : (
          <div className={classes.missing}>
            <span>{t('task.noNext')}</span>
            <Button size="compact-sm" variant="light" onClick={() => onAdding(true)}>
              {t('task.add')}
            </Button>
          </div>
        )}
      </Section>
      {others.length > 0 ? <Section title={`${t('task.open')} · ${others.length}`}>{others.map(line)}</Section> : null}
      {done.length > 0 ? <Section title={t('task.done')}>{done.map(line)}</Section> : null}
    </>
  )
}

type LineProps = {
  contact: string
  comments: readonly CommentView[]
  task: TaskView
  /** Devices wrote its title differently. */
  conflict: ConflictView | undefined
  fields: Fields
  onFinish: (task: TaskView) => void
  onAct: (task: TaskView, edit: TaskEdit, message: string) => void
}

function TaskLine({ contact, comments, task, conflict, fields, onFinish, onAct }: LineProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const now = useNow()
  const isDone = task.doneAtMs !== null
  const isLate = !isDone && task.dueAtMs !== null && task.dueAtMs < now
  const { title } = task
  const [isChanging, setChanging] = useState(false)
  const [isReplying, setReplying] = useState(false)
  if (isChanging) {
    return (
      <div className={classes.form}>
        <TaskChange
          task={task}
          onCancel={() => setChanging(false)}
          onSave={(change) => {
            setChanging(false)
            onAct(task, change, t('task.changed', { title }))
          }}
        />
      </div>
    )
  }
  return (
    <div className={classes.task} data-done={isDone || undefined}>
      <ActionIcon
        size={24}
        aria-label={t(isDone ? 'task.reopen' : 'task.finish')}
        onClick={() => (isDone ? onAct(task, { do: 'reopen' }, t('task.reopened', { title })) : onFinish(task))}
      >
        {isDone ? <IconCircleCheckFilled size={17} className={classes.doneMark} /> : <IconCircle size={17} stroke={1.6} />}
      </ActionIcon>
      <div className={classes.words}>
        <div className={classes.taskTitle}>
          {title} {conflict ? <ConflictMark conflict={conflict} fields={fields} /> : null}
        </div>
        <div className={classes.sub}>
          {isDone && task.doneAtMs ? (
            <>
              {task.outcome ? `${t(`fields.outcome.${task.outcome}`, { defaultValue: task.outcome })} · ` : null}
              {relativeTime(task.doneAtMs, now, language)}
            </>
          ) : (
            <span className={isLate ? classes.late : undefined} title={task.dueAtMs === null ? undefined : formatDateTime(task.dueAtMs)}>
              {task.dueAtMs === null ? t('task.noDue') : relativeTime(task.dueAtMs, now, language)}
            </span>
          )}
          {task.owner ? <> · <span className={classes.part}>{fields.staff(task.owner)}</span></> : null}
          {task.repeat ? <> · <span className={classes.part}>{t(`fields.repeat.${task.repeat}`, { defaultValue: task.repeat })}</span></> : null}
        </div>
        {comments.length > 0 || isReplying ? (
          <Comments contact={contact} about={{ is: 'task', id: task.id }} comments={comments} fields={fields} isReplying={isReplying} onReplying={setReplying} />
        ) : null}
      </div>
      <span className={classes.hands}>
        <ActionIcon size={24} aria-label={t('task.comment', { title })} onClick={() => setReplying(true)}>
          <IconMessage size={14} stroke={1.6} />
        </ActionIcon>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={24} aria-label={t('person.entryMenu')}>
              <IconDots size={14} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {isDone ? null : <Menu.Item onClick={() => setChanging(true)}>{t('task.change')}</Menu.Item>}
            <Menu.Item color="red" onClick={() => onAct(task, { do: 'delete' }, t('task.removed', { title }))}>
              {t('task.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </span>
    </div>
  )
}
