import { Select, type SelectProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const repeats = ['daily', 'weekly', 'monthly'] as const

type Props = Pick<SelectProps, 'size' | 'mt'> & { value: string | null; onChange: (repeat: string | null) => void }

/** How often a task comes again; nothing is once. */
export function RepeatSelect({ value, onChange, ...look }: Props) {
  const { t } = useTranslation()
  return (
    <Select
      {...look}
      aria-label={t('task.repeat')}
      placeholder={t('task.once')}
      data={repeats.map((each) => ({ value: each, label: t(`fields.repeat.${each}`) }))}
      value={value}
      onChange={onChange}
      clearable
    />
  )
}
