import { Select, type ComboboxItem, type OptionsFilter } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusDot, type Tone } from '../../kit/StatusDot'
import { fold } from '../../lib/vietnamese'
import classes from './ColumnsStep.module.css'
import { IGNORE, sureness } from './targets'

type Group = { group: string; items: { value: string; label: string }[] }
type Props = {
  name: string
  samples: readonly string[]
  target: string
  confidence: number
  isRemembered: boolean
  groups: readonly Group[]
  onTarget: (target: string) => void
}

const tones: Record<ReturnType<typeof sureness>, Tone> = { sure: 'success', likely: 'info', unsure: 'warning' }

/** One column: its name and values in the sheet, and what becomes of it. */
export const ColumnLine = memo(function ColumnLine({ name, samples, target, confidence, isRemembered, groups, onTarget }: Props) {
  const { t } = useTranslation()
  const isIgnored = target === IGNORE
  const isKnown = isIgnored || groups.some((group) => group.items.some((item) => item.value === target))
  const known = isKnown ? [] : [{ value: target, label: target }]
  const sure = sureness(confidence)
  return (
    <div role="row" className={classes.line} data-ignored={isIgnored || undefined}>
      <span role="cell" className={classes.name} title={name}>
        {name}
      </span>
      <span role="cell" className={classes.samples}>
        {samples.length === 0 ? (
          <span className={classes.empty}>{t('import.columns.empty')}</span>
        ) : (
          samples.map((sample) => (
            <span key={sample} className={classes.sample} title={sample}>
              {sample}
            </span>
          ))
        )}
      </span>
      <span role="cell" className={classes.target}>
        <IconArrowRight size={15} stroke={1.6} aria-hidden className={classes.arrow} />
        <Select
          aria-label={t('import.columns.targetOf', { column: name })}
          data={[{ value: IGNORE, label: t('import.columns.ignore') }, ...known, ...groups]}
          value={target}
          searchable
          allowDeselect={false}
          nothingFoundMessage={t('import.columns.noTarget')}
          maxDropdownHeight={320}
          // A box asks for a look: what is sure or left out is words alone.
          variant={isIgnored || sure === 'sure' ? 'quiet' : undefined}
          className={classes.select}
          filter={findTargets}
          onChange={(value) => value && onTarget(value)}
        />
      </span>
      <span role="cell" className={classes.sure}>
        {isIgnored ? null : isRemembered && confidence >= 85 ? (
          <StatusDot tone="accent">{t('import.columns.asBefore')}</StatusDot>
        ) : (
          <StatusDot tone={tones[sure]} hollow={sure === 'unsure'}>
            {t(`import.sureness.${sure}`)}
          </StatusDot>
        )}
      </span>
    </div>
  )
})

/** Finds targets whatever marks are typed. */
const findTargets: OptionsFilter = ({ options, search }) => {
  const isMeant = (item: ComboboxItem) => fold(item.label).includes(fold(search))
  const found: typeof options = []
  for (const option of options) {
    if (!('group' in option)) {
      if (isMeant(option)) found.push(option)
      continue
    }
    const items = option.items.filter(isMeant)
    if (items.length > 0) found.push({ ...option, items })
  }
  return found
}
