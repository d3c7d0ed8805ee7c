import { Radio, Select, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../ipc/useCall'
import { MatchKeys } from './MatchKeys'
import classes from './OptionsStep.module.css'
import shared from './ReadingStep.module.css'
import { isDateTarget } from './targets'
import { TroubleNote } from './TroubleNote'
import { changeWizard } from './useImport'
import { withOptions, type Wizard } from './wizard'
import type { ImportMapping } from '../../ipc/bindings/ImportMapping'

const modes = ['both', 'create', 'update'] as const
const orders = ['dmy', 'mdy', 'ymd'] as const

type Props = { wizard: Wizard }

const change = (options: Partial<ImportMapping>) => changeWizard((current) => withOptions(current, options))

/** By what people are recognised, and what rows that say nothing get. */
export function OptionsStep({ wizard }: Props) {
  const { t } = useTranslation()
  const definitions = useCall('definition.list', {}).data
  const { mapping } = wizard
  const has = (target: string) => mapping.columns.includes(target)
  return (
    <div className={shared.step}>
      <h2 className={shared.title}>{t('import.options.title')}</h2>
      <TroubleNote tone="info">{t('import.options.blank')}</TroubleNote>
      <div className={classes.columns}>
        <div className={classes.column}>
          <MatchKeys chosen={mapping.matchKeys} columns={mapping.columns} onChange={(matchKeys) => change({ matchKeys })} />
          <Radio.Group label={t('import.options.mode')} value={mapping.mode} onChange={(mode) => change({ mode })}>
            <div className={classes.radios}>
              {modes.map((mode) => (
                <Radio key={mode} value={mode} label={t(`import.mode.${mode}`)} />
              ))}
            </div>
          </Radio.Group>
          {mapping.columns.some(isDateTarget) ? (
            <Radio.Group label={t('import.options.dateOrder')} value={mapping.dateOrder} onChange={(dateOrder) => change({ dateOrder })}>
              <div className={classes.radios}>
                {orders.map((order) => (
                  <Radio key={order} value={order} label={t(`import.dateOrder.${order}`)} />
                ))}
              </div>
            </Radio.Group>
          ) : null}
        </div>
        <div className={classes.column}>
          <h3 className={classes.heading}>{t('import.options.defaults')}</h3>
          <Select
            label={t(has('branch') ? 'import.options.branchElse' : 'import.options.branch')}
            placeholder={t('import.options.nobody')}
            data={(definitions?.branches ?? []).map((branch) => ({ value: branch.id, label: branch.name }))}
            value={mapping.branch}
            clearable
            onChange={(branch) => change({ branch })}
          />
          <Select
            label={t(has('owner') ? 'import.options.ownerElse' : 'import.options.owner')}
            placeholder={t('import.options.nobody')}
            data={(definitions?.staff ?? []).filter((staff) => staff.isActive).map((staff) => ({ value: staff.id, label: staff.name }))}
            value={mapping.owner}
            clearable
            searchable
            onChange={(owner) => change({ owner })}
          />
          <Select
            label={t(has('source') ? 'import.options.sourceElse' : 'import.options.source')}
            placeholder={t('import.options.nobody')}
            data={sourceChoices(definitions?.sources ?? [], mapping.source)}
            value={mapping.source}
            clearable
            searchable
            onChange={(source) => change({ source })}
          />
          <TagsInput
            label={t('import.options.tags')}
            description={t('import.options.tagsHint')}
            data={(definitions?.tags ?? []).map((tag) => tag.label)}
            value={mapping.tags}
            onChange={(tags) => change({ tags })}
          />
        </div>
      </div>
    </div>
  )
}

/** The sources in use, with the one that is chosen. */
function sourceChoices(sources: readonly string[], own: string | null): string[] {
  return own === null || sources.includes(own) ? [...sources] : [own, ...sources]
}
