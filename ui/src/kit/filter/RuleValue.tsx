import { MultiSelect, NumberInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DateText } from '../field/DateText'
import { operandOf, type FilterField, type FilterRule, type FilterValue } from './filter'
import classes from './FilterBuilder.module.css'

type Props = { field: FilterField; rule: FilterRule; onChange: (value: FilterValue) => void }

const DAYS_MAX = 36_500

/** The value of a rule, in the field that fits its operator. */
export function RuleValue({ field, rule, onChange }: Props) {
  const { t } = useTranslation()
  const label = t('filter.value')
  const text = typeof rule.value === 'string' ? rule.value : ''
  const pair = Array.isArray(rule.value) ? rule.value : ['', '']
  switch (operandOf(field.type, rule.op)) {
    case 'none':
      return <div className={classes.value} />
    case 'days':
      return (
        <NumberInput
          aria-label={label}
          className={classes.value}
          min={0}
          max={DAYS_MAX}
          allowDecimal={false}
          value={typeof rule.value === 'number' ? rule.value : ''}
          onChange={(value) => onChange(typeof value === 'number' ? value : null)}
          suffix={` ${t('filter.days')}`}
        />
      )
    case 'list':
      return (
        <MultiSelect
          aria-label={label}
          className={classes.value}
          data={[...(field.choices ?? [])]}
          value={Array.isArray(rule.value) ? rule.value : []}
          onChange={onChange}
          searchable
          hidePickedOptions
          nothingFoundMessage={t('kit.noChoice')}
        />
      )
    case 'date':
      return <DateText label={label} value={text} onChange={onChange} className={classes.value} />
    case 'pair':
      return (
        <div className={classes.pair}>
          {[0, 1].map((place) => {
            const change = (value: string) => onChange(place === 0 ? [value, pair[1] ?? ''] : [pair[0] ?? '', value])
            const name = `${label} ${place + 1}`
            return field.type === 'date' ? (
              <DateText key={place} label={name} value={pair[place] ?? ''} onChange={change} />
            ) : (
              <TextInput key={place} aria-label={name} value={pair[place] ?? ''} onChange={(event) => change(event.currentTarget.value)} />
            )
          })}
        </div>
      )
    case 'number':
      return (
        <NumberInput
          aria-label={label}
          className={classes.value}
          value={typeof rule.value === 'number' ? rule.value : ''}
          onChange={(value) => onChange(typeof value === 'number' ? value : null)}
        />
      )
    case 'text':
      return <TextInput aria-label={label} className={classes.value} value={text} onChange={(event) => onChange(event.currentTarget.value)} />
  }
}
