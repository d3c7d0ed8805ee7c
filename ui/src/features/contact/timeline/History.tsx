import { Button, Select } from '@mantine/core'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import type { TimelineEntry } from '../../../ipc/bindings/TimelineEntry'
import { useCall } from '../../../ipc/useCall'
import { useErrorText } from '../../../ipc/useErrorText'
import { CountTabs } from '../../../kit/CountTabs'
import { ErrorState, LoadingLines } from '../../../kit/States'
import { Timeline, TimelineDay } from '../../../kit/Timeline'
import { daysBetween, formatDate } from '../../../lib/dates'
import type { Fields } from '../model/useFields'
import { Entry } from './Entry'
import classes from './Timeline.module.css'

/** Entries asked for at a time. */
const STEP = 50

type Props = { page: ContactPage; fields: Fields }

/** The heading an entry stands under: pinned entries have their own, the rest their day. */
export function headingOf(entry: TimelineEntry, nowMs: number): 'pinned' | 'today' | 'yesterday' | string {
  if (entry.isPinned) return 'pinned'
  const days = daysBetween(entry.happenedAtMs, nowMs)
  if (days === 0) return 'today'
  return days === 1 ? 'yesterday' : formatDate(entry.happenedAtMs)
}

/** Everything that happened with a person, newest first, pinned entries before all. */
export function History({ page, fields }: Props) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [kind, setKind] = useState('all')
  const [staff, setStaff] = useState<string | null>(null)
  const [branch, setBranch] = useState<string | null>(null)
  const [limit, setLimit] = useState(STEP)
  const kinds = kind === 'all' ? [] : [kind]
  const timeline = useCall('contact.timeline', { id: page.row.id, kinds, staff, branch, offset: 0, limit }, { keep: true })
  // The counts of the page know what people wrote; only the timeline itself knows how many changes stand beside it. Asked
  // with what the unfiltered list asks, so that it costs nothing more.
  const whole = useCall('contact.timeline', { id: page.row.id, kinds: [], staff: null, branch: null, offset: 0, limit }, { keep: true })
  const counts = Object.entries(page.timelineCounts).filter(([, count]) => count > 0)
  const branches = fields.field('branch').choices
  const nowMs = Date.now()
  const says = (heading: string) => (['pinned', 'today', 'yesterday'].includes(heading) ? t(`person.day.${heading}`) : heading)
  const entries = timeline.data?.entries ?? []
  return (
    <section aria-label={t('person.timeline')}>
      <div className={classes.filter}>
        <CountTabs
          label={t('person.kindOfEntry')}
          value={kind}
          onChange={setKind}
          tabs={[
            { value: 'all', label: t('person.allKinds'), count: whole.data?.total },
            ...counts.map(([value, count]) => ({ value, label: t(`fields.interaction.${value}`, { defaultValue: value }), count })),
          ]}
        />
        <div className={classes.selects}>
          <Select
            size="xs"
            aria-label={t('person.byStaff')}
            placeholder={t('person.anyStaff')}
            data={fields.field('owner').choices.map(({ value, label }) => ({ value, label }))}
            value={staff}
            onChange={setStaff}
            clearable
            className={classes.select}
            variant="quiet"
          />
          {branches.length > 1 ? (
            <Select
              size="xs"
              aria-label={t('person.byBranch')}
              placeholder={t('person.anyBranch')}
              data={branches.map(({ value, label }) => ({ value, label }))}
              value={branch}
              onChange={setBranch}
              clearable
              className={classes.select}
              variant="quiet"
            />
          ) : null}
        </div>
      </div>
      {timeline.isError && !timeline.data ? <ErrorState message={errorText(timeline.error)} onRetry={() => void timeline.refetch()} /> : null}
      {timeline.isPending ? <LoadingLines /> : null}
      {timeline.data && entries.length === 0 ? <p className={classes.nothing}>{t('person.nothingYet')}</p> : null}
      <Timeline label={t('person.timeline')}>
        {entries.map((entry, index) => {
          const heading = headingOf(entry, nowMs)
          const before = entries[index - 1]
          return (
            <Fragment key={entry.key}>
              {before && headingOf(before, nowMs) === heading ? null : <TimelineDay>{says(heading)}</TimelineDay>}
              <Entry contact={page.row.id} entry={entry} fields={fields} conflict={page.conflicts.find((each) => each.field === `interaction.${entry.interaction}.body`)} />
            </Fragment>
          )
        })}
      </Timeline>
      {timeline.data && timeline.data.total > entries.length ? (
        <Button variant="default" size="compact-md" onClick={() => setLimit(limit + STEP)}>
          {t('person.older', { count: timeline.data.total - entries.length })}
        </Button>
      ) : null}
    </section>
  )
}
