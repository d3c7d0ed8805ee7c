import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './ConfirmInline.module.css'

type Props = {
  /** What the first button says. */
  label: string
  icon?: ReactNode
  /** What will happen and whether it can be undone. */
  question: string
  /** What the second button says: the deed by its name. */
  confirmLabel: string
  onConfirm: () => void
  loading?: boolean
  disabled?: boolean
}

/** Asks once more in place, for what cannot be undone. */
export function ConfirmInline({ label, icon, question, confirmLabel, onConfirm, loading, disabled }: Props) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  if (!isAsking) {
    return (
      <Button variant="default" leftSection={icon} disabled={disabled} loading={loading} onClick={() => setAsking(true)}>
        {label}
      </Button>
    )
  }
  return (
    <div className={classes.ask} role="group" aria-label={question} onKeyDown={(event) => event.key === 'Escape' && setAsking(false)}>
      <span className={classes.question}>{question}</span>
      <Button
        color="red"
        loading={loading}
        onClick={() => {
          setAsking(false)
          onConfirm()
        }}
      >
        {confirmLabel}
      </Button>
      <Button variant="default" autoFocus data-autofocus onClick={() => setAsking(false)}>
        {t('kit.cancel')}
      </Button>
    </div>
  )
}
