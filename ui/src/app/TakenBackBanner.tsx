import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCall, useDo } from '../ipc/useCall'
import { useErrorText } from '../ipc/useErrorText'
import { RelativeTime } from '../kit/RelativeTime'
import { formatCount } from '../lib/money'
import { showToast } from '../lib/toasts'
import classes from './TakenBackBanner.module.css'

const noArgs = {}

/** Says that a change to very many people was cut off when the program ended, and that nobody is changed by it. */
export function TakenBackBanner() {
  const { t } = useTranslation()
  const told = useCall('bulk.takenBack', noArgs).data ?? []
  const forget = useDo('bulk.forgetTakenBack')
  const errorText = useErrorText()
  if (told.length === 0) return null
  return (
    <div className={classes.banner} role="alert">
      <IconAlertTriangle size={17} stroke={1.7} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        {told.map(({ action, done, total, atMs }) => (
          <p key={action} className={classes.cut}>
            {t('app.takenBack', { done: formatCount(done), total: formatCount(total) })}{' '}
            <span className={classes.when}>
              <RelativeTime atMs={atMs} />
            </span>
          </p>
        ))}
        <p className={classes.then}>{t('app.takenBackThen')}</p>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        loading={forget.isPending}
        onClick={() => forget.mutate({}, { onError: (error) => showToast({ kind: 'error', message: errorText(error) }) })}
      >
        {t('app.takenBackRead')}
      </Button>
    </div>
  )
}
