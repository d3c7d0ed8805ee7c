import { ActionIcon, Button, Portal } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconInfoCircle, IconX } from '@tabler/icons-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { dropToast, toasts, type Toast } from '../lib/toasts'
import classes from './Toasts.module.css'

const SHOWN_MS = { done: 7_000, info: 4_000, error: 12_000 } as const
const icons = { done: IconCheck, info: IconInfoCircle, error: IconAlertTriangle } as const

/** The messages at the foot of the window. Used once, by the shell. */
export function Toasts() {
  const shown = useSyncExternalStore(toasts.subscribe, toasts.get)
  return (
    <Portal>
      <div className={classes.toasts} role="status" aria-live="polite">
        {shown.map((toast) => (
          <ToastLine key={toast.id} toast={toast} />
        ))}
      </div>
    </Portal>
  )
}

type Props = { toast: Toast }

function ToastLine({ toast }: Props) {
  const { t } = useTranslation()
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = window.setTimeout(() => dropToast(toast.id), SHOWN_MS[toast.kind])
    return () => window.clearTimeout(timer)
  }, [isHeld, toast])
  const Icon = icons[toast.kind]
  return (
    <div
      className={classes.toast}
      data-kind={toast.kind}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon size={16} stroke={1.8} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        {toast.message}
        {toast.detail ? <div className={classes.detail}>{toast.detail}</div> : null}
      </div>
      {toast.undo ? (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            dropToast(toast.id)
            toast.undo?.()
          }}
        >
          {t('kit.undo')}
        </Button>
      ) : null}
      <ActionIcon size={24} aria-label={t('kit.close')} onClick={() => dropToast(toast.id)}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  )
}
