import { IconCake } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactRef } from '../../ipc/bindings/ContactRef'
import type { TodayView } from '../../ipc/bindings/TodayView'
import { Avatar } from '../../kit/Avatar'
import { RelativeTime } from '../../kit/RelativeTime'
import { daysBetween, formatIsoDate } from '../../lib/dates'
import { formatCount } from '../../lib/money'
import { formatPhone } from '../../lib/vietnamese'
import classes from './Today.module.css'

/** People shown of a longer list; the count beside the title tells the rest. */
const PEOPLE_MAX = 7

type Props = { today: TodayView; nowMs: number }

/** What else the day holds: who called for you, birthdays, who is new, who waits for a next step. */
export function TodaySide({ today, nowMs }: Props) {
  const { t } = useTranslation()
  const birthday = (on: string) => {
    const days = daysBetween(nowMs, new Date(`${on}T12:00`))
    return days === 0 ? t('today.birthdayToday') : days === 1 ? t('today.birthdayTomorrow') : formatIsoDate(on).slice(0, 5)
  }
  return (
    <aside className={classes.side} aria-label={t('today.more')}>
      {today.mentions.length > 0 ? (
        <Block title={t('today.mentions')} count={today.mentions.length}>
          {today.mentions.map((mention) => (
            <Link key={mention.id} to="/people/$id" params={{ id: mention.contact.id }} className={classes.mention}>
              <span className={classes.mentionHead}>
                {mention.contact.fullName} <RelativeTime atMs={mention.atMs} />
              </span>
              {mention.task ? <span className={classes.mentionTask}>{t('today.aboutTask', { title: mention.task })}</span> : null}
              <span className={classes.mentionBody}>
                {mention.staff ? `${mention.staff.name}: ` : ''}
                {mention.body}
              </span>
            </Link>
          ))}
        </Block>
      ) : null}
      {today.birthdays.length > 0 ? (
        <Block title={t('today.birthdays')} count={today.birthdays.length}>
          {today.birthdays.map(({ contact, on, age }) => (
            <PersonLine
              key={contact.id}
              person={contact}
              after={
                <span className={classes.birthday} data-now={daysBetween(nowMs, new Date(`${on}T12:00`)) === 0 || undefined}>
                  <IconCake size={14} stroke={1.6} aria-hidden /> {birthday(on)} · {t('today.age', { age })}
                </span>
              }
            />
          ))}
        </Block>
      ) : null}
      {today.newContacts.length > 0 ? (
        <Block title={t('today.newPeople')} count={today.newContactsTotal}>
          {today.newContacts.slice(0, PEOPLE_MAX).map((person) => (
            <PersonLine key={person.id} person={person} />
          ))}
        </Block>
      ) : null}
      {today.withoutNextStep.length > 0 ? (
        <Block title={t('today.withoutNextStep')} count={today.withoutNextStepTotal}>
          {today.withoutNextStep.slice(0, PEOPLE_MAX).map((person) => (
            <PersonLine key={person.id} person={person} />
          ))}
        </Block>
      ) : null}
    </aside>
  )
}

type BlockProps = { title: string; count: number; children: ReactNode }

function Block({ title, count, children }: BlockProps) {
  return (
    <section className={classes.block}>
      <h2 className={classes.blockTitle}>
        {title} <span className={`${classes.count} q-numeric`}>{formatCount(count)}</span>
      </h2>
      {children}
    </section>
  )
}

type PersonProps = { person: ContactRef; after?: ReactNode }

function PersonLine({ person, after }: PersonProps) {
  return (
    <Link to="/people/$id" params={{ id: person.id }} className={classes.person}>
      <Avatar name={person.fullName} seed={person.id} size={24} />
      <span className={classes.words}>{person.fullName}</span>
      <span className={`${classes.after} q-numeric`}>{after ?? (person.phone ? formatPhone(person.phone) : '')}</span>
    </Link>
  )
}
