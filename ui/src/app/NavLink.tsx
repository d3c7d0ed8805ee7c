import { Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../lib/money'
import { shortcutKeys } from '../lib/shortcuts'
import classes from './NavLink.module.css'
import type { Place } from './places'

type Props = { place: Place; collapsed: boolean; count?: number }

/** One line of the navigation. */
export function NavLink({ place, collapsed, count }: Props) {
  const { t } = useTranslation()
  const PlaceIcon = place.icon
  const keys = shortcutKeys(place.shortcut).flat().join(' ')
  return (
    <Tooltip label={collapsed ? `${t(place.labelKey)} · ${keys}` : keys} position="right">
      <Link
        to={place.to}
        className={classes.link}
        data-collapsed={collapsed || undefined}
        activeProps={{ 'data-active': true }}
        aria-label={collapsed ? t(place.labelKey) : undefined}
      >
        <PlaceIcon size={17} stroke={1.6} aria-hidden />
        {collapsed ? null : <span className={classes.label}>{t(place.labelKey)}</span>}
        {count ? (
          <span className={`${classes.count} q-numeric`} data-dot={collapsed || undefined}>
            {collapsed ? '' : formatCount(count)}
          </span>
        ) : null}
      </Link>
    </Tooltip>
  )
}
