import { Button, Skeleton } from '@mantine/core'
import { IconCloudOff, IconMoodPuzzled } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './States.module.css'

type EmptyProps = { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode }

/** A list with nothing in it: says what belongs there and offers the one action that fills it. */
export function EmptyState({ icon, title, children, action }: EmptyProps) {
  return (
    <div className={classes.state}>
      {icon ? <div className={classes.icon}>{icon}</div> : null}
      <h2 className={classes.title}>{title}</h2>
      {children ? <div className={classes.body}>{children}</div> : null}
      {action ? <div className={classes.action}>{action}</div> : null}
    </div>
  )
}

type ErrorProps = { message: string; onRetry?: () => void }

/** Something failed: what happened, and the way on. */
export function ErrorState({ message, onRetry }: ErrorProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.state} role="alert">
      <div className={classes.icon} data-tone="danger">
        <IconMoodPuzzled size={28} stroke={1.5} />
      </div>
      <h2 className={classes.title}>{t('kit.errorTitle')}</h2>
      <div className={classes.body}>{message}</div>
      {onRetry ? (
        <div className={classes.action}>
          <Button variant="default" onClick={onRetry}>
            {t('kit.retry')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

type OfflineProps = { children: ReactNode }

/** A quiet line: this device is on its own, and what that means here. */
export function OfflineNote({ children }: OfflineProps) {
  return (
    <div className={classes.offline} role="status">
      <IconCloudOff size={16} stroke={1.6} aria-hidden />
      <span>{children}</span>
    </div>
  )
}

type LoadingProps = { rows?: number }

/** Lines where text will stand. */
export function LoadingLines({ rows = 6 }: LoadingProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.lines} role="status" aria-label={t('kit.loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={12} width={`${86 - ((index * 23) % 41)}%`} radius="sm" />
      ))}
    </div>
  )
}
