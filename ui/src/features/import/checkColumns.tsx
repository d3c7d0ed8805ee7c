import type { TFunction } from 'i18next'
import type { ImportRow } from '../../ipc/bindings/ImportRow'
import type { Column } from '../../kit/table/columns'
import { Chip } from '../../kit/StatusDot'
import { formatCount } from '../../lib/money'
import { fieldLabel, fieldText, type Names } from '../../lib/terms'
import classes from './CheckStep.module.css'
import { noteText } from './notes'
import { asOutcome, outcomeTones } from './states'
import { inReadingOrder } from './targets'

/** So many fields stand in one line; all of them stand in the panel. */
const SUMMARY_FIELDS_MAX = 5

/** The columns of the table of a dry run. */
export function checkColumns(t: TFunction, names: Names | undefined): Column<ImportRow>[] {
  return [
    {
      id: 'line',
      header: t('import.line'),
      size: 64,
      align: 'right',
      cell: (row) => <span className="q-numeric">{formatCount(row.line)}</span>,
    },
    {
      id: 'outcome',
      header: t('import.check.outcome'),
      size: 118,
      cell: (row) => {
        const outcome = asOutcome(row.outcome)
        return <Chip tone={outcomeTones[outcome]}>{t(`import.outcomeOne.${outcome}`)}</Chip>
      },
    },
    {
      id: 'name',
      header: t('terms.field.fullName'),
      size: 190,
      cell: (row) => <span className={classes.name}>{row.name || t('import.check.noName')}</span>,
    },
    { id: 'changes', header: t('import.check.changes'), size: 280, grows: true, cell: (row) => <Changes row={row} t={t} names={names} /> },
    {
      id: 'notes',
      header: t('import.check.notes'),
      size: 260,
      cell: (row) => {
        const text = row.notes.map((note) => noteText(t, note)).join(' · ')
        return (
          <span className={classes.notes} data-error={row.outcome === 'error' || undefined} title={text}>
            {text}
          </span>
        )
      },
    },
  ]
}

type ChangesProps = { row: ImportRow; t: TFunction; names: Names | undefined }

function Changes({ row, t, names }: ChangesProps) {
  const cells = inReadingOrder(row.cells).filter((cell) => cell.field !== 'fullName' || cell.before !== '')
  return (
    <span className={classes.summary}>
      {cells.slice(0, SUMMARY_FIELDS_MAX).map((cell) => (
        <span key={cell.field} className={classes.pair}>
          <span className={classes.field}>{fieldLabel(t, cell.field, names)}</span>
          {cell.before !== '' && cell.before !== cell.after ? (
            <del className={classes.before}>{fieldText(t, cell.field, cell.before, names)}</del>
          ) : null}
          <span className={cell.before === cell.after ? undefined : classes.after}>{fieldText(t, cell.field, cell.after, names)}</span>
        </span>
      ))}
      {cells.length > SUMMARY_FIELDS_MAX ? <span className={classes.field}>+{cells.length - SUMMARY_FIELDS_MAX}</span> : null}
    </span>
  )
}
