import { Select } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Definitions } from '../../ipc/bindings/Definitions'
import type { ImportValue } from '../../ipc/bindings/ImportValue'
import { useCall } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { LoadingLines } from '../../kit/States'
import { formatCount } from '../../lib/money'
import { fieldLabel } from '../../lib/terms'
import { keepsWords, ourValues, type OurValue } from './ourValues'
import { TroubleNote } from './TroubleNote'
import { changeWizard } from './useImport'
import classes from './ValuesStep.module.css'
import { withGuesses, withValue, type Wizard } from './wizard'

/** So many words stand at once; a column with more is free text and rarely worth matching. */
const SHOWN_MAX = 40
/** Chosen to leave the field blank. */
const BLANK = '\u0000blank'
/** Chosen to keep the word as it stands in the sheet. */
const KEEP = '\u0000keep'

type Props = { wizard: Wizard; column: number; target: string; definitions: Definitions }

/** The words of one column with their meanings. */
export function ValueTable({ wizard, column, target, definitions }: Props) {
  const { t } = useTranslation()
  const say = useErrorText()
  const [isAll, setAll] = useState(false)
  const asked = useCall('import.values', { import: wizard.draft.id, column, target })
  const values = asked.data
  useEffect(() => {
    if (values) changeWizard((current) => withGuesses(current, target, values))
  }, [values, target])
  const ours = useMemo(() => ourValues(t, target, definitions), [t, target, definitions])
  const known = wizard.mapping.values[target] ?? {}
  const words = (values ?? []).filter((value) => value.raw.trim() !== '')
  const open = keepsWords(target) ? 0 : words.filter((value) => known[value.raw] === undefined).length
  return (
    <section className={classes.section} aria-label={fieldLabel(t, target)}>
      <h3 className={classes.heading}>
        {fieldLabel(t, target)}
        <span className={classes.column}>{t('import.values.column', { column: wizard.draft.header[column] ?? '' })}</span>
        {open > 0 ? <span className={classes.open}>{t('import.values.open', { count: open })}</span> : null}
      </h3>
      {asked.isPending ? <LoadingLines rows={3} /> : null}
      {asked.error ? <TroubleNote>{say(asked.error)}</TroubleNote> : null}
      {values && words.length === 0 ? <p className={classes.none}>{t('import.values.none')}</p> : null}
      {words.slice(0, isAll ? undefined : SHOWN_MAX).map((value) => (
        <ValueLine key={value.raw} value={value} ours={ours} target={target} chosen={known[value.raw]} />
      ))}
      {!isAll && words.length > SHOWN_MAX ? (
        <button type="button" className={classes.more} onClick={() => setAll(true)}>
          {t('import.values.more', { count: words.length - SHOWN_MAX })}
        </button>
      ) : null}
    </section>
  )
}

type LineProps = { value: ImportValue; ours: readonly OurValue[]; target: string; chosen: string | undefined }

function ValueLine({ value, ours, target, chosen }: LineProps) {
  const { t } = useTranslation()
  const keeps = keepsWords(target)
  const isOther = chosen !== undefined && chosen !== '' && !ours.some((own) => own.value === chosen)
  const data = [
    ...(keeps ? [{ value: KEEP, label: t('import.values.keep') }] : []),
    ...ours,
    ...(isOther ? [{ value: chosen, label: chosen }] : []),
    { value: BLANK, label: t('import.values.blank') },
  ]
  const shown = chosen === undefined ? (keeps ? KEEP : null) : chosen === '' ? BLANK : chosen
  return (
    <div className={classes.line}>
      <span className={classes.raw} title={value.raw}>
        {value.raw}
      </span>
      <span className={`${classes.count} q-numeric`}>{t('import.rows', { count: value.count, n: formatCount(value.count) })}</span>
      <IconArrowRight size={15} stroke={1.6} aria-hidden className={classes.arrow} />
      <Select
        className={classes.ours}
        aria-label={t('import.values.meaningOf', { word: value.raw })}
        data={data}
        value={shown}
        placeholder={t('import.values.choose')}
        variant={shown === null ? undefined : 'quiet'}
        allowDeselect={false}
        searchable={ours.length > 8}
        onChange={(next) => {
          if (next === null) return
          const ourWord = next === KEEP ? undefined : next === BLANK ? '' : next
          changeWizard((current) => withValue(current, target, value.raw, ourWord))
        }}
      />
    </div>
  )
}
