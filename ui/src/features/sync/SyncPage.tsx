import { Button } from '@mantine/core'
import { IconDeviceDesktopPlus, IconLifebuoy, IconRefresh } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useDo } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { useIsManager, useSession } from '../../ipc/useSession'
import { useActions } from '../../kit/actions/useActions'
import { PageHeader } from '../../kit/PageHeader'
import { SectionPage } from '../../kit/Section'
import { ErrorState, LoadingLines } from '../../kit/States'
import { showToast } from '../../lib/toasts'
import { DeviceSection } from './DeviceSection'
import { InvitePanel } from './InvitePanel'
import { InviteSection } from './InviteSection'
import { JoinRequests } from './JoinRequests'
import { KitPanel } from './KitPanel'
import { KitSection } from './KitSection'
import { StatusSection } from './StatusSection'
import classes from './Sync.module.css'

const noArgs = {}

/** How this device stands with the others, and who takes part. */
export function SyncPage() {
  const { t } = useTranslation()
  const status = useCall('sync.status', noArgs)
  const syncNow = useDo('sync.now')
  const errorText = useErrorText()
  const isManager = useIsManager()
  const session = useSession()
  const mayMakeKit = typeof session?.kit === 'string' && session.settings.relayUrl !== null
  const [making, setMaking] = useState<'invite' | 'kit' | null>(null)
  const { mutate } = syncNow
  const actions = useMemo(
    () => [
      {
        id: 'sync.now',
        label: t('sync.now'),
        group: t('nav.sync'),
        icon: <IconRefresh size={16} stroke={1.6} />,
        run: () => mutate({}, { onError: (error) => showToast({ kind: 'error', message: errorText(error) }) }),
      },
      {
        id: 'invite.make',
        label: t('sync.invite'),
        group: t('nav.sync'),
        icon: <IconDeviceDesktopPlus size={16} stroke={1.6} />,
        isEnabled: () => isManager,
        run: () => setMaking('invite'),
      },
      {
        id: 'kit.make',
        label: t('recovery.make'),
        group: t('nav.sync'),
        icon: <IconLifebuoy size={16} stroke={1.6} />,
        isEnabled: () => mayMakeKit,
        run: () => setMaking('kit'),
      },
    ],
    [t, mutate, errorText, isManager, mayMakeKit],
  )
  useActions(actions)
  return (
    <>
      <PageHeader
        title={t('nav.sync')}
        actions={
          <>
            <Button variant="default" leftSection={<IconRefresh size={15} stroke={1.6} />} loading={syncNow.isPending} onClick={actions[0]?.run}>
              {t('sync.now')}
            </Button>
            {isManager ? <Button onClick={() => setMaking('invite')}>{t('sync.invite')}</Button> : null}
          </>
        }
      />
      <div className={classes.body}>
        {status.isError && !status.data ? (
          <ErrorState message={errorText(status.error)} onRetry={() => void status.refetch()} />
        ) : status.data ? (
          <SectionPage>
            {isManager ? <JoinRequests /> : null}
            <StatusSection status={status.data} />
            <DeviceSection />
            {isManager ? <InviteSection /> : null}
            <KitSection onMake={() => setMaking('kit')} />
          </SectionPage>
        ) : (
          <LoadingLines />
        )}
        {making === 'invite' ? <InvitePanel onClose={() => setMaking(null)} /> : null}
        {making === 'kit' ? <KitPanel onClose={() => setMaking(null)} /> : null}
      </div>
    </>
  )
}
