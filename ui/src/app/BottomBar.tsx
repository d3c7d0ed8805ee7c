import { Drawer } from '@mantine/core'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './BottomBar.module.css'
import { NavLink } from './NavLink'
import { places, type Place } from './places'
import { overlay } from './shellState'
import { SyncBadge } from './SyncBadge'
import { useNavCounts } from './useNavCounts'

/** The navigation at the foot of a narrow window. */
export function BottomBar() {
  const { t } = useTranslation()
  const open = useSyncExternalStore(overlay.subscribe, overlay.get)
  const counts = useNavCounts()
  const tab = (place: Place | undefined) => {
    if (!place) return null
    const PlaceIcon = place.icon
    return (
      <Link key={place.id} to={place.to} className={classes.tab} activeProps={{ 'data-active': true }}>
        <PlaceIcon size={20} stroke={1.6} aria-hidden />
        {t(place.labelKey)}
        {counts[place.id] && place.id !== 'people' ? <span className={classes.dot} /> : null}
      </Link>
    )
  }
  return (
    <nav className={classes.bar} aria-label={t('nav.label')}>
      {tab(places[0])}
      {tab(places[1])}
      <button type="button" className={classes.add} aria-label={t('actions.addPerson')} onClick={() => overlay.set('quickAdd')}>
        <IconPlus size={20} stroke={2} />
      </button>
      {tab(places[2])}
      <button type="button" className={classes.tab} onClick={() => overlay.set('more')} aria-expanded={open === 'more'}>
        <IconDots size={20} stroke={1.6} aria-hidden />
        {t('nav.more')}
      </button>
      <Drawer
        opened={open === 'more'}
        onClose={() => overlay.set(null)}
        position="bottom"
        size="auto"
        title={t('nav.more')}
        closeButtonProps={{ 'aria-label': t('kit.close') }}
      >
        <div role="presentation" onClick={() => overlay.set(null)}>
          {places.slice(3).map((place) => (
            <NavLink key={place.id} place={place} collapsed={false} count={counts[place.id]} />
          ))}
          <SyncBadge collapsed={false} />
        </div>
      </Drawer>
    </nav>
  )
}
