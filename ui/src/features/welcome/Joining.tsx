import { Button, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../ipc/bindings/Session'
import { useCall, useDo, useForgetAnswers } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import classes from './Welcome.module.css'

type Props = { session: Session }
const noArgs = {}
/** The feed tells when the device is let in; asking as well covers a feed that broke. */
const ASK_MS = 3_000

/** Waits until a manager lets this device in; both compare the fingerprint. */
export function Joining({ session }: Props) {
  const { t } = useTranslation()
  useCall('session.get', noArgs, { everyMs: ASK_MS })
  const stop = useDo('workspace.stopJoin')
  const forget = useForgetAnswers()
  const errorText = useErrorText()
  return (
    <div className={classes.form}>
      <h2 className={classes.title}>{t('welcome.waiting')}</h2>
      <p className={classes.lead}>{t('welcome.compare')}</p>
      <div className={classes.fingerprint} aria-label={t('welcome.fingerprint')}>
        {session.fingerprint ?? '…'}
      </div>
      {session.stopped ? <p role="alert">{t([`errors.${session.stopped}`, 'errors.unknown'], { code: session.stopped })}</p> : null}
      <div className={classes.waiting} role="status">
        <Loader size={18} />
        {t('welcome.waitingBody', { device: session.deviceName ?? '' })}
      </div>
      {stop.isError ? (
        <p role="alert" className={classes.problem}>
          {errorText(stop.error)}
        </p>
      ) : null}
      <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate({}, { onSuccess: () => void forget() })}>
        {t('welcome.stopJoin')}
      </Button>
      <p className={classes.lead}>{t('welcome.stopJoinBody')}</p>
    </div>
  )
}
