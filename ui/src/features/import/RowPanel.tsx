import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ImportCell } from '../../ipc/bindings/ImportCell'
import type { ImportRow } from '../../ipc/bindings/ImportRow'
import { SidePanel } from '../../kit/SidePanel'
import { Chip } from '../../kit/StatusDot'
import { formatCount } from '../../lib/money'
import { fieldLabel, fieldText, type Names } from '../../lib/terms'
import classes from './CheckStep.module.css'
import { noteText } from './notes'
import { asOutcome, outcomeTones } from './states'
import { inReadingOrder } from './targets'
import { TroubleNote } from './TroubleNote'

type Props = { row: ImportRow; definitions: Names | undefined; onClose: () => void }

/** One row in full: what is worth knowing, and every cell as it stands in the file, here, and afterwards. */
export function RowPanel({ row, definitions, onClose }: Props) {
  const { t } = useTranslation()
  const outcome = asOutcome(row.outcome)
  return (
    <SidePanel title={t('import.check.row', { line: formatCount(row.line) })} onClose={onClose}>
      <div className={classes.panelTop}>
        <div>
          <Chip tone={outcomeTones[outcome]}>{t(`import.outcomeOne.${outcome}`)}</Chip>
        </div>
        {row.contact && outcome !== 'new' ? (
          <Link to="/people/$id" params={{ id: row.contact }} className={classes.person}>
            {t('import.check.openPerson', { name: row.name })}
          </Link>
        ) : null}
        {row.notes.length > 0 ? (
          <TroubleNote tone={outcome === 'error' ? 'danger' : 'warning'}>
            {row.notes.map((note, index) => (
              <div key={index}>{noteText(t, note)}</div>
            ))}
          </TroubleNote>
        ) : null}
      </div>
      <dl className={classes.details}>
        {inReadingOrder(row.cells).map((cell) => (
          <CellDetail key={cell.field} cell={cell} names={definitions} />
        ))}
      </dl>
    </SidePanel>
  )
}

type CellProps = { cell: ImportCell; names: Names | undefined }

function CellDetail({ cell, names }: CellProps) {
  const { t } = useTranslation()
  const after = fieldText(t, cell.field, cell.after, names)
  const isMoved = cell.before !== cell.after
  return (
    <div className={classes.detail}>
      <dt>{fieldLabel(t, cell.field, names)}</dt>
      <dd>
        {cell.before !== '' && isMoved ? <del className={classes.before}>{fieldText(t, cell.field, cell.before, names)}</del> : null}
        <span className={isMoved ? classes.after : undefined}>{after}</span>
      </dd>
      {cell.raw !== '' && cell.raw !== cell.after && cell.raw !== after ? (
        <dd className={classes.raw}>{t('import.check.inFile', { text: cell.raw })}</dd>
      ) : null}
    </div>
  )
}
