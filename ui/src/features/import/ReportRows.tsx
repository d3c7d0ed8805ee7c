import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportRow } from '../../ipc/bindings/ImportRow'
import { useCall } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { CountTabs } from '../../kit/CountTabs'
import { ErrorState } from '../../kit/States'
import { formatCount } from '../../lib/money'
import { noteText } from './notes'
import classes from './ReportRows.module.css'

/** Which rows of a report are listed by name. */
const lists = ['needsPerson', 'unread', 'merged'] as const
type List = (typeof lists)[number]

/** Rows asked for at a time. */
const STEP = 50

type Props = { importId: string }

/** Who of the file went into somebody who was known, and about whom a person must decide. */
export function ReportRows({ importId }: Props) {
  const { t } = useTranslation()
  const say = useErrorText()
  const [chosen, setChosen] = useState<List | null>(null)
  const [limit, setLimit] = useState(STEP)
  const ask = (outcome: List) => ({ import: importId, outcome, offset: 0, limit })
  const needs = useCall('import.rows', ask('needsPerson'), { keep: true })
  const unread = useCall('import.rows', ask('unread'), { keep: true })
  const merged = useCall('import.rows', ask('merged'), { keep: true })
  const answers = { needsPerson: needs, unread, merged }
  const totals = { needsPerson: needs.data?.total ?? 0, unread: unread.data?.total ?? 0, merged: merged.data?.total ?? 0 }
  const list = chosen ?? lists.find((each) => totals[each] > 0) ?? 'merged'
  const shown = answers[list]
  const trouble = needs.error ?? unread.error ?? merged.error
  if (trouble) return <ErrorState message={say(trouble)} />
  if (lists.every((each) => totals[each] === 0)) return null
  const rows = shown.data?.rows ?? []
  return (
    <section className={classes.part} aria-label={t('import.report.who')}>
      <CountTabs
        label={t('import.report.who')}
        value={list}
        onChange={(next) => {
          setChosen(next)
          setLimit(STEP)
        }}
        tabs={lists.filter((value) => totals[value] > 0).map((value) => ({ value, label: t(`import.report.${value}`), count: totals[value] }))}
      />
      <p className={classes.hint}>
        {t(`import.report.${list}Body`)} {list === 'needsPerson' ? <Link to="/review">{t('import.report.toReview')}</Link> : null}
      </p>
      <ul className={classes.rows}>
        {rows.map((row) => (
          <ReportRow key={row.line} row={row} />
        ))}
      </ul>
      {totals[list] > rows.length ? (
        <Button variant="default" size="compact-md" onClick={() => setLimit(limit + STEP)}>
          {t('import.report.more', { n: formatCount(totals[list] - rows.length) })}
        </Button>
      ) : null}
    </section>
  )
}

function ReportRow({ row }: { row: ImportRow }) {
  const { t } = useTranslation()
  const name = row.name || t('import.note.noName')
  const notes = row.notes.map((note) => noteText(t, note)).join(' · ')
  return (
    <li className={classes.row}>
      <span className={`${classes.line} q-numeric`}>{t('import.check.row', { line: formatCount(row.line) })}</span>
      {row.contact ? (
        <Link to="/people/$id" params={{ id: row.contact }} className={classes.name}>
          {name}
        </Link>
      ) : (
        <span className={classes.name}>{name}</span>
      )}
      <span className={classes.notes}>{notes}</span>
    </li>
  )
}
