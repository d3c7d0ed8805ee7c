import { Button, Menu } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDo } from '../ipc/useCall'
import { useDefinitions } from '../ipc/useDefinitions'
import { useErrorText } from '../ipc/useErrorText'
import { useSession } from '../ipc/useSession'
import { Avatar } from '../kit/Avatar'
import { showToast } from '../lib/toasts'
import classes from './SampleBanner.module.css'

/** Asks who sits at a device that has joined: until it knows, what is written here bears nobody's name. */
export function SeatBanner() {
  const { t } = useTranslation()
  const session = useSession()
  const active = useDefinitions().staff.filter((each) => each.isActive)
  const signIn = useDo('session.signIn')
  const errorText = useErrorText()
  if (session?.stage !== 'ready' || session.staff !== null || active.length === 0) return null
  return (
    <div className={classes.banner} role="status">
      <span className={classes.words}>{t('app.nobodySeated')}</span>
      <Menu position="bottom-end" width={232}>
        <Menu.Target>
          <Button size="compact-sm" variant="default" loading={signIn.isPending}>
            {t('app.chooseSeat')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} className={classes.names}>
          {active.map((each) => (
            <Menu.Item
              key={each.id}
              leftSection={<Avatar name={each.name} seed={each.id} size={22} />}
              onClick={() =>
                signIn.mutate(
                  { staff: each.id },
                  { onError: (error) => showToast({ kind: 'error', message: errorText(error) }) },
                )
              }
            >
              {each.name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
