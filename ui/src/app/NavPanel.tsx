import { ActionIcon, Tooltip } from '@mantine/core'
import { IconLayoutSidebar, IconSearch, IconUserPlus } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Keys } from '../kit/Kbd'
import { CentreMenu } from './CentreMenu'
import { Mark } from './Mark'
import { NavLink } from './NavLink'
import classes from './NavPanel.module.css'
import { places } from './places'
import { isNavCollapsed, overlay } from './shellState'
import { SyncBadge } from './SyncBadge'
import { useNavCounts } from './useNavCounts'

/** The navigation at the left of a wide window. */
export function NavPanel() {
  const { t } = useTranslation()
  const collapsed = useSyncExternalStore(isNavCollapsed.subscribe, isNavCollapsed.get)
  const counts = useNavCounts()
  const link = (isQuiet: boolean) =>
    places
      .filter((place) => Boolean(place.isQuiet) === isQuiet)
      .map((place) => <NavLink key={place.id} place={place} collapsed={collapsed} count={counts[place.id]} />)
  return (
    <nav className={classes.nav} data-collapsed={collapsed || undefined} aria-label={t('nav.label')}>
      <div className={classes.head}>
        <Mark />
        {collapsed ? null : <CentreMenu />}
        <Tooltip label={t('actions.toggleNav')}>
          <ActionIcon
            className={classes.toggle}
            aria-label={t('actions.toggleNav')}
            aria-expanded={!collapsed}
            onClick={() => isNavCollapsed.set(!collapsed)}
          >
            <IconLayoutSidebar size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.quick}>
        <button type="button" className={classes.search} onClick={() => overlay.set('palette')} aria-label={t('nav.search')}>
          <IconSearch size={15} stroke={1.8} aria-hidden />
          <span className={classes.label}>{t('nav.search')}</span>
          <span className={classes.label}>
            <Keys shortcut="mod+k" />
          </span>
        </button>
        <Tooltip label={`${t('actions.addPerson')} · C`}>
          <ActionIcon variant="default" aria-label={t('actions.addPerson')} onClick={() => overlay.set('quickAdd')}>
            <IconUserPlus size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.links}>{link(false)}</div>
      <div className={classes.links}>{link(true)}</div>
      <SyncBadge collapsed={collapsed} />
    </nav>
  )
}
