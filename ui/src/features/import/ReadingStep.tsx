import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportReading } from '../../ipc/bindings/ImportReading'
import { useErrorText } from '../../ipc/useErrorText'
import { useDo } from '../../ipc/useCall'
import { formatCount } from '../../lib/money'
import { DelimiterChoice } from './DelimiterChoice'
import classes from './ReadingStep.module.css'
import { withOwn } from './reading'
import { SamplePreview } from './SamplePreview'
import { TroubleNote } from './TroubleNote'
import { changeWizard } from './useImport'
import { WarningList } from './WarningList'
import { withReading, type Wizard } from './wizard'

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1258', 'windows-1252'] as const
const HEADER_LINES_MAX = 10

type Props = { wizard: Wizard }

/** How the file is read, with its first rows to see whether it is right. */
export function ReadingStep({ wizard }: Props) {
  const { t } = useTranslation()
  const say = useErrorText()
  const rereading = useDo('import.read')
  const { draft } = wizard
  const reread = (change: Partial<ImportReading>) =>
    rereading.mutate(
      { import: draft.id, reading: { ...draft.reading, ...change } },
      { onSuccess: (fresh) => changeWizard((current) => withReading(current, fresh)) },
    )
  const { encoding, delimiter, headerRow, sheet } = draft.reading
  const isText = draft.kind !== 'xlsx' && draft.kind !== 'pasted'
  const hasColumns = draft.kind !== 'vcard'
  return (
    <div className={classes.step}>
      <h2 className={classes.title}>{t('import.reading.title')}</h2>
      <p className={classes.lead}>
        {t(`import.kind.${draft.kind}`, { defaultValue: draft.kind })} · {t('import.rows', { count: draft.rowCount, n: formatCount(draft.rowCount) })}
        {' · '}
        {t('import.columnCount', { count: draft.header.length })}
      </p>
      <div className={classes.controls} aria-busy={rereading.isPending}>
        {draft.sheets.length > 1 ? (
          <Select
            label={t('import.reading.sheet')}
            data={draft.sheets}
            value={sheet ?? draft.sheets[0] ?? null}
            allowDeselect={false}
            onChange={(value) => reread({ sheet: value, headerRow: null })}
          />
        ) : null}
        {isText ? (
          <Select
            label={t('import.reading.encoding')}
            data={withOwn(encodings, encoding).map((value) => ({ value, label: t(`import.encoding.${value}`, { defaultValue: value }) }))}
            value={encoding}
            allowDeselect={false}
            onChange={(value) => reread({ encoding: value })}
          />
        ) : null}
        {isText && hasColumns ? (
          <DelimiterChoice value={delimiter} onChoose={(value) => reread({ delimiter: value })} />
        ) : null}
        {hasColumns ? (
          <Select
            label={t('import.reading.header')}
            data={headerChoices(headerRow).map((line) => ({
              value: String(line),
              label: line === 0 ? t('import.reading.noHeader') : t('import.reading.headerLine', { line }),
            }))}
            value={String(headerRow ?? 1)}
            allowDeselect={false}
            onChange={(value) => reread({ headerRow: Number(value) })}
          />
        ) : null}
      </div>
      {rereading.error ? <TroubleNote title={t('import.reading.failed')}>{say(rereading.error)}</TroubleNote> : null}
      <WarningList warnings={draft.warnings} />
      {draft.rowCount === 0 ? <TroubleNote tone="warning">{t('import.reading.noRows')}</TroubleNote> : null}
      <SamplePreview header={draft.header} sample={draft.sample} firstLine={(headerRow ?? 1) + 1} isWaiting={rereading.isPending} />
    </div>
  )
}

function headerChoices(own: number | null): number[] {
  const lines = Array.from({ length: HEADER_LINES_MAX + 1 }, (_, line) => line)
  return own !== null && own > HEADER_LINES_MAX ? [...lines, own] : lines
}
