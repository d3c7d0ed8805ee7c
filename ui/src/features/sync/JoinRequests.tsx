import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall, useDo } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { showToast } from '../../lib/toasts'
import classes from './Sync.module.css'
import { useBranchNames } from './useBranchNames'

const noArgs = {}
/** The feed tells of a knock; asking as well covers a feed that broke. */
const ASK_MS = 5_000

/** Devices that knock: let in only when the fingerprints are the same. */
export function JoinRequests() {
  const { t } = useTranslation()
  const requests = useCall('join.list', noArgs, { everyMs: ASK_MS })
  const approve = useDo('join.approve')
  const reject = useDo('join.reject')
  const branchNames = useBranchNames()
  const errorText = useErrorText()
  const after = (message: string) => ({
    onSuccess: () => {
      showToast({ kind: 'done', message })
      void requests.refetch()
    },
    onError: (error: unknown) => void showToast({ kind: 'error', message: errorText(error) }),
  })
  return requests.data?.map((request) => (
    <section key={request.id} className={classes.request} aria-label={t('sync.knocks', { device: request.deviceName })}>
      <div className={classes.requestWords}>
        <strong>{t('sync.knocks', { device: request.deviceName })}</strong>
        <span className={classes.statusBody}>{[t(`roles.${request.role}`), branchNames(request.branches)].join(' · ')}</span>
      </div>
      <div className={classes.fingerprint} aria-label={t('sync.fingerprint')}>
        {request.fingerprint}
      </div>
      <p className={classes.requestHow}>{t('sync.compare')}</p>
      <div className={classes.requestActions}>
        <Button loading={approve.isPending} onClick={() => approve.mutate({ id: request.id }, after(t('sync.approved', { device: request.deviceName })))}>
          {t('sync.approve')}
        </Button>
        <Button variant="default" loading={reject.isPending} onClick={() => reject.mutate({ id: request.id }, after(t('sync.rejected', { device: request.deviceName })))}>
          {t('sync.reject')}
        </Button>
      </div>
    </section>
  ))
}
