import { Button } from '@mantine/core'
import { IconCalendarCheck, IconUserPlus } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TaskView } from '../../ipc/bindings/TaskView'
import { useCall } from '../../ipc/useCall'
import { useEdit } from '../../ipc/useEdit'
import { useErrorText } from '../../ipc/useErrorText'
import { runAction } from '../../kit/actions/registry'
import { PageHeader } from '../../kit/PageHeader'
import { EmptyState, ErrorState, LoadingLines } from '../../kit/States'
import { useNow } from '../../kit/useNow'
import { formatCount } from '../../lib/money'
import { useLanguage } from '../../lib/useLanguage'
import { TaskLine } from './TaskLine'
import { postponeEdit } from './taskEdits'
import classes from './Today.module.css'
import { TodaySide } from './TodaySide'
import { useTodayList } from './useTodayList'

/** Tasks of each part that are asked for at first, and how many more each time. */
const STEP = 200

type Props = {
  /** What stands above the tasks. */
  above?: ReactNode
}

/** What needs hands today: overdue first. */
export function TodayPage({ above }: Props) {
  const { t } = useTranslation()
  const language = useLanguage()
  const nowMs = useNow()
  const [limit, setLimit] = useState(STEP)
  const today = useCall('task.today', { limit }, { keep: true })
  const errorText = useErrorText()
  const list = useTodayList(today.data)
  const { mutate } = useEdit()
  const view = today.data
  const sections = view
    ? [
        { id: 'overdue', title: t('today.overdue'), tasks: view.overdue, total: view.overdueTotal, isLate: true },
        { id: 'due', title: t('today.due'), tasks: view.dueToday, total: view.dueTodayTotal, isLate: false },
        { id: 'upcoming', title: t('today.upcoming'), tasks: view.upcoming, total: view.upcomingTotal, isLate: false },
      ].filter((section) => section.tasks.length > 0)
    : []
  const day = new Intl.DateTimeFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { weekday: 'long', day: '2-digit', month: '2-digit' }).format(nowMs)
  const line = (task: TaskView, isLate: boolean) => (
    <TaskLine
      key={task.id}
      task={task}
      isLate={isLate}
      isMarked={task.id === list.marked?.id}
      isEnding={task.id === list.endingId}
      onMark={() => list.setMarked(task.id)}
      onEnd={(isEnding) => list.setEnding(isEnding ? task.id : null)}
      onPostpone={() => mutate({ edits: [postponeEdit(task, Date.now())], message: t('today.postponed', { title: task.title }) })}
    />
  )
  return (
    <>
      <PageHeader
        title={t('today.title')}
        chips={<span className={classes.date}>{day}</span>}
        actions={<Button leftSection={<IconUserPlus size={15} stroke={1.7} />} onClick={() => runAction('contact.create')}>{t('actions.addPerson')}</Button>}
      />
      {today.isError && !view ? <ErrorState message={errorText(today.error)} onRetry={() => void today.refetch()} /> : null}
      {today.isPending ? <LoadingLines rows={8} /> : null}
      {view ? (
        <div className={classes.page}>
          <div className={classes.main}>
            {above}
            {sections.length === 0 ? (
              <EmptyState icon={<IconCalendarCheck size={28} stroke={1.5} />} title={t('today.emptyTitle')}>
                {t('today.emptyBody')}
              </EmptyState>
            ) : null}
            {sections.map((section) => (
              <section key={section.id} aria-labelledby={`today-${section.id}`}>
                <h2 id={`today-${section.id}`} className={classes.sectionTitle} data-late={section.isLate || undefined}>
                  {section.title} <span className={`${classes.count} q-numeric`}>{formatCount(section.total)}</span>
                </h2>
                <ul className={classes.tasks}>{section.tasks.map((task) => line(task, section.isLate))}</ul>
                {section.total > section.tasks.length ? (
                  <Button variant="default" size="compact-md" className={classes.rest} onClick={() => setLimit(limit + STEP)}>
                    {t('today.showMore', { n: formatCount(section.total - section.tasks.length) })}
                  </Button>
                ) : null}
              </section>
            ))}
          </div>
          <TodaySide today={view} nowMs={nowMs} />
        </div>
      ) : null}
    </>
  )
}
