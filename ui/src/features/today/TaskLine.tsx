import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCalendarPlus, IconCircle, IconCircleCheck, IconMail, IconMessage, IconPhone, IconUsers, type Icon } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { TaskView } from '../../ipc/bindings/TaskView'
import { Avatar } from '../../kit/Avatar'
import { RelativeTime } from '../../kit/RelativeTime'
import { formatPhone } from '../../lib/vietnamese'
import { CompletePanel } from './CompletePanel'
import classes from './Today.module.css'

const icons: Record<string, Icon> = { call: IconPhone, message: IconMessage, meet: IconUsers, email: IconMail }

type Props = {
  task: TaskView
  isMarked: boolean
  isEnding: boolean
  isLate: boolean
  onMark: () => void
  onEnd: (isEnding: boolean) => void
  onPostpone: () => void
}

/** One task: what, for whom, by when; ended in place. */
export function TaskLine({ task, isMarked, isEnding, isLate, onMark, onEnd, onPostpone }: Props) {
  const { t } = useTranslation()
  const KindIcon = icons[task.kind] ?? IconCircleCheck
  return (
    <li id={`task-${task.id}`} className={classes.task} data-marked={isMarked || undefined} data-open={isEnding || undefined} onPointerDown={onMark}>
      <div className={classes.line}>
        <ActionIcon aria-label={t('today.finishTask', { title: task.title })} onClick={() => onEnd(!isEnding)}>
          <IconCircle size={18} stroke={1.5} />
        </ActionIcon>
        <span className={classes.what}>
          <KindIcon size={15} stroke={1.6} aria-hidden />
          <span className={classes.words}>{task.title}</span>
        </span>
        <Link to="/people/$id" params={{ id: task.contact.id }} className={classes.who}>
          <Avatar name={task.contact.fullName} seed={task.contact.id} size={22} />
          <span className={classes.words}>{task.contact.fullName}</span>
        </Link>
        <span className={`${classes.phone} q-numeric`}>{task.contact.phone ? formatPhone(task.contact.phone) : ''}</span>
        <span className={classes.due} data-late={isLate || undefined}>
          {task.dueAtMs ? <RelativeTime atMs={task.dueAtMs} /> : null}
        </span>
        <Tooltip label={`${t('today.postpone')} · S`}>
          <ActionIcon className={classes.quick} aria-label={t('today.postpone')} onClick={onPostpone}>
            <IconCalendarPlus size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
      {isEnding ? <CompletePanel task={task} onClose={() => onEnd(false)} /> : null}
    </li>
  )
}
