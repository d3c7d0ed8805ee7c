import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../../kit/RelativeTime'
import { Avatar } from '../../../kit/Avatar'
import type { Column } from '../../../kit/table/columns'
import { Chip } from '../../../kit/StatusDot'
import type { ContactRow } from '../../../ipc/bindings/ContactRow'
import { ageOn, formatDate, formatIsoDate } from '../../../lib/dates'
import { formatPhone } from '../../../lib/vietnamese'
import type { Field } from '../model/fields'
import type { Fields } from '../model/useFields'
import { StatusMark } from '../StatusMark'
import classes from './cells.module.css'
import { NextStepCell } from './NextStepCell'

/** A row's value in a column, in its stored form. */
export function cellValue(row: ContactRow, key: string): string {
  if (key.startsWith('custom.')) return row.custom[key] ?? row.custom[key.slice('custom.'.length)] ?? ''
  const value = (row as unknown as Record<string, unknown>)[key]
  return typeof value === 'string' ? value : (row.further[key] ?? '')
}

/** Widths in pixels at first. */
const sizes: Record<string, number> = {
  fullName: 200, honorific: 92, kind: 124, status: 128, statusSince: 118, phone: 122, email: 190, branch: 96, owner: 128, source: 120, level: 100, school: 150,
  birthOn: 100, age: 64, birthday: 84, tags: 160, lastInteractionAt: 112, nextStep: 182, createdAt: 100, updatedAt: 118, hasConflict: 104,
  guardianName: 150, guardianPhone: 122, gender: 84, address: 190, interests: 160, zalo: 122, facebook: 150, campaign: 120, externalId: 110, note: 200,
}

/** Columns whose values a row holds only when they are asked for. */
const further = ['guardianName', 'guardianPhone', 'gender', 'address', 'interests', 'zalo', 'facebook', 'campaign', 'externalId', 'note']

/** Columns that can be chosen, custom fields last. */
export function columnKeys(fields: Fields): string[] {
  return [...Object.keys(sizes), ...(fields.definitions?.fields ?? []).map((each) => each.field)]
}

/** Columns whose cells are edited in place, in no order. The branch is not: moving people is more than a field. */
const editable = new Set(['fullName', 'honorific', 'kind', 'status', 'phone', 'email', 'owner', 'source', 'level', 'school', 'birthOn'])

/** Whether the cells of a column can be edited in place. */
export function isEditable(key: string): boolean {
  return editable.has(key) || key.startsWith('custom.')
}

/** Groups that a list can be laid out in. */
export const groupKeys = ['status', 'branch', 'owner', 'source', 'level', 'kind'] as const

function NameCell({ row }: { row: ContactRow }) {
  const { t } = useTranslation()
  return (
    <>
      <Avatar name={row.fullName} seed={row.id} size={22} />
      <span className={classes.name}>
        {row.honorific ? <span className={classes.faint}>{row.honorific} </span> : null}
        {row.fullName}
      </span>
      {row.conflictCount > 0 ? <span className={classes.conflict} role="img" aria-label={t('terms.field.hasConflict')} /> : null}
    </>
  )
}

/** The letters of `09/03` in `09/03/2012`. */
const DAY_AND_MONTH = 5

function content(row: ContactRow, field: Field, fields: Fields) {
  switch (field.key) {
    case 'fullName': return <NameCell row={row} />
    case 'status': return <StatusMark status={row.status} />
    case 'phone': return row.phone ? <span>{formatPhone(row.phone)}</span> : null
    case 'tags': return row.tags.map((tag) => <Chip key={tag.id}>{tag.label}</Chip>)
    case 'lastInteractionAt': return row.lastInteractionAtMs ? <RelativeTime atMs={row.lastInteractionAtMs} /> : null
    case 'statusSince': return row.statusSinceMs ? <RelativeTime atMs={row.statusSinceMs} /> : null
    case 'createdAt': return <span>{formatDate(row.createdAtMs)}</span>
    case 'updatedAt': return <RelativeTime atMs={row.updatedAtMs} />
    case 'birthOn': return row.birthOn ? <span>{formatIsoDate(row.birthOn)}</span> : null
    case 'age': return row.birthOn ? <span>{ageOn(row.birthOn, Date.now())}</span> : null
    case 'birthday': return row.birthOn ? <span>{formatIsoDate(row.birthOn).slice(0, DAY_AND_MONTH)}</span> : null
    case 'hasConflict': return row.conflictCount > 0 ? <Chip tone="warning">{row.conflictCount}</Chip> : null
    case 'nextStep': return <NextStepCell step={row.nextStep} />
    case 'branch': return <span className={classes.muted}>{fields.branch(row.branch)}</span>
    case 'owner': return row.owner ? <span className={classes.muted}>{fields.staff(row.owner)}</span> : null
    default: return <span className={classes.muted}>{fields.text(field.key, cellValue(row, field.key))}</span>
  }
}

/** What the core does not order by, or in another direction than the column shows. */
const unsorted = new Set(['honorific', 'tags', 'phone', 'email', 'age', 'birthday', 'hasConflict', ...further])

function sortField(key: string): string | undefined {
  if (unsorted.has(key) || key.startsWith('custom.')) return undefined
  return key === 'nextStep' ? 'nextStepAt' : key
}

/** The columns of a list as a file has them: what is reckoned from the date of birth stands as that date. */
export function fileColumns(columns: readonly string[]): string[] {
  const stored = columns.filter((key) => key !== 'hasConflict').map((key) => (key === 'age' || key === 'birthday' ? 'birthOn' : key))
  return [...new Set(stored)]
}

/** The column of a field. */
export function columnOf(key: string, fields: Fields): Column<ContactRow> {
  const field = fields.field(key)
  return {
    id: key,
    header: field.label,
    size: sizes[key] ?? 120,
    grows: key === 'fullName',
    sortField: sortField(key),
    cell: (row) => content(row, field, fields),
  }
}
