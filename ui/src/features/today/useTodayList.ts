import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskView } from '../../ipc/bindings/TaskView'
import type { TodayView } from '../../ipc/bindings/TodayView'
import { useEdit } from '../../ipc/useEdit'
import { useActions } from '../../kit/actions/useActions'
import { postponeEdit } from './taskEdits'

const noTasks: TaskView[] = []

/** The tasks of the day as one list for the hands: which is marked, which is being ended. */
export function useTodayList(today: TodayView | undefined) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { mutate } = useEdit()
  const tasks = useMemo(() => (today ? [...today.overdue, ...today.dueToday, ...today.upcoming] : noTasks), [today])
  const [markedId, setMarked] = useState<string | null>(null)
  const [endingId, setEnding] = useState<string | null>(null)
  const marked = tasks.find((task) => task.id === markedId) ?? tasks[0]

  const actions = useMemo(() => {
    const group = t('today.title')
    const has = () => marked !== undefined && endingId === null
    const move = (step: number) => () => {
      const index = tasks.findIndex((task) => task.id === marked?.id)
      const next = tasks[Math.max(0, Math.min(tasks.length - 1, index + step))]
      if (!next) return
      setMarked(next.id)
      document.getElementById(`task-${next.id}`)?.scrollIntoView({ block: 'nearest' })
    }
    const onMarked = (run: (task: TaskView) => void) => () => marked && run(marked)
    return [
      { id: 'today.next', label: t('kit.next'), group, shortcut: 'j', onlyKey: true, isEnabled: has, run: move(1) },
      { id: 'today.previous', label: t('kit.previous'), group, shortcut: 'k', onlyKey: true, isEnabled: has, run: move(-1) },
      { id: 'today.down', label: t('kit.next'), group, shortcut: 'arrowdown', onlyKey: true, isEnabled: has, run: move(1) },
      { id: 'today.up', label: t('kit.previous'), group, shortcut: 'arrowup', onlyKey: true, isEnabled: has, run: move(-1) },
      { id: 'today.done', label: t('today.finish'), group, shortcut: 'd', isEnabled: has, run: onMarked((task) => setEnding(task.id)) },
      {
        id: 'today.postpone',
        label: t('today.postpone'),
        group,
        shortcut: 's',
        isEnabled: has,
        run: onMarked((task) => mutate({ edits: [postponeEdit(task, Date.now())], message: t('today.postponed', { title: task.title }) })),
      },
      {
        id: 'today.open',
        label: t('today.openPerson'),
        group,
        shortcut: 'o',
        isEnabled: has,
        run: onMarked((task) => void navigate({ to: '/people/$id', params: { id: task.contact.id } })),
      },
    ]
  }, [t, tasks, marked, endingId, mutate, navigate])
  useActions(actions)
  return { marked, endingId, setMarked, setEnding }
}
