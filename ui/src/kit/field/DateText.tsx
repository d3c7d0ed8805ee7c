import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatIsoDate, parseDate } from '../../lib/dates'

type Props = {
  label: string
  /** ISO, or empty. */
  value: string
  onChange: (iso: string) => void
  className?: string
  /** Shows the label above the field; else only those who cannot see hear it. */
  isLabelled?: boolean
}

/** A date that is typed day first. */
export function DateText({ label, value, onChange, className, isLabelled }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(formatIsoDate(value))
  const [isWrong, setWrong] = useState(false)
  useEffect(() => setTyped(formatIsoDate(value)), [value])
  const settle = () => {
    const iso = typed.trim() === '' ? '' : parseDate(typed)
    setWrong(iso === null)
    if (iso !== null && iso !== value) onChange(iso)
    else if (iso !== null) setTyped(formatIsoDate(iso))
  }
  return (
    <TextInput
      label={isLabelled ? label : undefined}
      aria-label={isLabelled ? undefined : label}
      className={className}
      placeholder="dd/MM/yyyy"
      inputMode="numeric"
      value={typed}
      error={isWrong ? t('kit.badDate') : null}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => event.key === 'Enter' && settle()}
    />
  )
}
