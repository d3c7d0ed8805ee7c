import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import { TagsField } from '../../../kit/field/TagsField'
import { ageOn, formatIsoDate } from '../../../lib/dates'
import { aboutContact } from '../model/edits'
import { useAsk } from '../model/useAsk'
import type { Fields } from '../model/useFields'
import { StatusMark } from '../StatusMark'
import { Consents } from './Consents'
import { Fact } from './Fact'
import classes from './Facts.module.css'
import { Interests } from './Interests'
import { Points } from './Points'
import { InterestsHistory, PointsHistory, TagsHistory } from './SectionHistory'
import { useDaysText } from './StatusStays'

type Props = { page: ContactPage; fields: Fields }

const careFields = ['status', 'kind', 'branch', 'owner', 'source', 'campaign']
const selfFields = ['fullName', 'honorific', 'birthOn', 'gender', 'school', 'level', 'address', 'channel', 'externalId', 'note']

/** What is known of a person, at the left of the page. */
export function Facts({ page, fields }: Props) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { id, fullName } = page.row
  const fact = (field: string) => (
    <Fact
      key={field}
      page={page}
      fields={fields}
      field={field}
      value={page.fields[field]?.value ?? ''}
      isReadOnly={field === 'branch'}
      display={field === 'status' && page.fields.status ? <StandingNow page={page} /> : field === 'birthOn' && page.fields.birthOn ? <Born on={page.fields.birthOn.value} /> : undefined}
    />
  )
  const tagSet = (what: string) => t('people.fieldSet', { field: t(`terms.field.${what}`), name: fullName })
  const custom = (fields.definitions?.fields ?? []).map((each) => each.field)
  return (
    <div className={classes.facts}>
      <Section title={t('person.reach')} action={<PointsHistory page={page} fields={fields} />}>
        <Points page={page} fields={fields} />
      </Section>
      <Section title={t('person.care')}>{careFields.map(fact)}</Section>
      <Section title={t('terms.field.tags')} action={<TagsHistory page={page} fields={fields} />}>
        <TagsField
          label={t('terms.field.tags')}
          tags={page.row.tags}
          known={(fields.definitions?.tags ?? []).map((tag) => tag.label)}
          onAdd={(label) => void ask([aboutContact(id, { do: 'addTag', label })], tagSet('tags'), { isQuiet: true })}
          onRemove={(tag) => void ask([aboutContact(id, { do: 'removeTag', tag: tag.id })], tagSet('tags'), { isQuiet: true })}
        />
      </Section>
      <Section title={t('person.self')}>{selfFields.map(fact)}</Section>
      {custom.length > 0 ? <Section title={t('person.own')}>{custom.map(fact)}</Section> : null}
      <Section title={t('terms.field.interests')} action={<InterestsHistory page={page} fields={fields} />}>
        <Interests
          interests={page.interests}
          onAdd={(label, kind) => void ask([aboutContact(id, { do: 'addInterest', label, kind })], tagSet('interests'), { isQuiet: true })}
          onRemove={({ id: interest }) => void ask([aboutContact(id, { do: 'removeInterest', interest })], tagSet('interests'), { isQuiet: true })}
        />
      </Section>
      <Section title={t('terms.field.consent')}>
        <Consents id={id} consents={page.consents} />
      </Section>
    </div>
  )
}

/** The status with how long the person has stood there. */
function StandingNow({ page }: { page: ContactPage }) {
  const daysText = useDaysText()
  const since = page.row.statusSinceMs
  return (
    <span className={classes.standing}>
      <StatusMark status={page.fields.status?.value ?? null} />
      {since === null ? null : <span className={classes.since}>{daysText(Date.now() - since)}</span>}
    </span>
  )
}

/** The birth date with the age reached. */
function Born({ on }: { on: string }) {
  const { t } = useTranslation()
  const age = ageOn(on, Date.now())
  return (
    <span className={classes.standing}>
      <span>{formatIsoDate(on)}</span>
      {age === null ? null : <span className={classes.since}>{t('person.age', { age })}</span>}
    </span>
  )
}

type SectionProps = { title: string; children: ReactNode; action?: ReactNode }

/** A part of a side column, with its heading. */
export function Section({ title, children, action }: SectionProps) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  )
}
