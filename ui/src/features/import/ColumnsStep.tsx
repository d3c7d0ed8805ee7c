import { useTranslation } from 'react-i18next'
import { useCall } from '../../ipc/useCall'
import { fieldLabel } from '../../lib/terms'
import { ColumnLine } from './ColumnLine'
import classes from './ColumnsStep.module.css'
import shared from './ReadingStep.module.css'
import { columnIssues, IGNORE, targetGroups } from './targets'
import { TroubleNote } from './TroubleNote'
import { changeWizard } from './useImport'
import { withTarget, type Wizard } from './wizard'

type Props = { wizard: Wizard }

/** Where each column of the sheet goes. */
export function ColumnsStep({ wizard }: Props) {
  const { t } = useTranslation()
  const definitions = useCall('definition.list', {}).data
  const { draft, mapping } = wizard
  const issues = columnIssues(mapping.columns)
  const taken = issues.flatMap((issue) => (issue.kind === 'taken' ? [issue] : []))
  const used = mapping.columns.filter((target) => target !== IGNORE).length
  const groups = [
    ...targetGroups.map((group) => ({
      group: t(`import.group.${group.id}`),
      items: group.targets.map((target) => ({ value: target as string, label: fieldLabel(t, target) })),
    })),
    ...(definitions && definitions.fields.length > 0
      ? [{ group: t('import.group.own'), items: definitions.fields.map((field) => ({ value: field.field, label: field.label })) }]
      : []),
  ]
  return (
    <div className={shared.step}>
      <h2 className={shared.title}>{t('import.columns.title')}</h2>
      <p className={shared.lead}>
        {draft.isMappingRemembered ? t('import.columns.remembered') : t('import.columns.guessed')}{' '}
        {t('import.columns.used', { used, all: draft.header.length })}
      </p>
      {issues.some((issue) => issue.kind === 'noName') ? <TroubleNote tone="warning">{t('import.columns.noName')}</TroubleNote> : null}
      {issues.some((issue) => issue.kind === 'codeOnly') ? <TroubleNote tone="info">{t('import.columns.codeOnly')}</TroubleNote> : null}
      {taken.map((issue) => (
        <TroubleNote key={issue.target} tone="warning">
          {t('import.columns.taken', {
            field: fieldLabel(t, issue.target, definitions),
            columns: issue.columns.map((column) => draft.header[column] || t('import.columns.unnamed', { number: column + 1 })).join(', '),
          })}
        </TroubleNote>
      ))}
      <div role="table" aria-label={t('import.columns.title')} className={classes.table}>
        <div role="row" className={`${classes.line} ${classes.head}`}>
          <span role="columnheader">{t('import.columns.inSheet')}</span>
          <span role="columnheader">{t('import.columns.samples')}</span>
          <span role="columnheader">{t('import.columns.becomes')}</span>
          <span role="columnheader">{t('import.columns.guess')}</span>
        </div>
        {draft.header.map((name, column) => (
          <ColumnLine
            key={column}
            name={name || t('import.columns.unnamed', { number: column + 1 })}
            samples={samplesOf(draft.sample, column)}
            target={mapping.columns[column] ?? IGNORE}
            confidence={mapping.confidence[column] ?? 0}
            isRemembered={draft.isMappingRemembered}
            groups={groups}
            onTarget={(target) => changeWizard((current) => withTarget(current, column, target))}
          />
        ))}
      </div>
    </div>
  )
}

/** The first three different values of a column that are not blank. */
function samplesOf(sample: readonly (readonly string[])[], column: number): string[] {
  const values = sample.map((row) => row[column]?.trim() ?? '').filter((value) => value !== '')
  return [...new Set(values)].slice(0, 3)
}
