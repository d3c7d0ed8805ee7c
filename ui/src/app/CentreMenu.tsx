import { Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDo } from '../ipc/useCall'
import { useDefinitions } from '../ipc/useDefinitions'
import { useSession } from '../ipc/useSession'
import { Avatar } from '../kit/Avatar'
import classes from './CentreMenu.module.css'

/** The centre's name; behind it, who sits at this device. */
export function CentreMenu() {
  const { t } = useTranslation()
  const session = useSession()
  const { staff } = useDefinitions()
  const signIn = useDo('session.signIn')
  const seated = staff.find((each) => each.id === session?.staff)
  return (
    <Menu position="bottom-start" width={232}>
      <Menu.Target>
        <button type="button" className={classes.button} aria-label={t('nav.centreMenu', { centre: session?.centre ?? 'Quen' })}>
          <span className={classes.names}>
            <span className={classes.centre}>{session?.centre ?? 'Quen'}</span>
            {seated ? <span className={classes.staff}>{seated.name}</span> : null}
          </span>
          <IconChevronDown size={14} stroke={1.8} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('nav.whoSitsHere')}</Menu.Label>
        {staff
          .filter((each) => each.isActive)
          .map((each) => (
            <Menu.Item
              key={each.id}
              leftSection={<Avatar name={each.name} seed={each.id} size={22} />}
              rightSection={each.id === session?.staff ? <IconCheck size={14} aria-label={t('nav.seated')} /> : null}
              onClick={() => signIn.mutate({ staff: each.id })}
            >
              {each.name}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}
