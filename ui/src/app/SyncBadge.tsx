import { Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { StatusDot } from '../kit/StatusDot'
import classes from './SyncBadge.module.css'

type Props = { collapsed: boolean }

/** Says quietly how this device stands with the others. */
export function SyncBadge({ collapsed }: Props) {
  const { t } = useTranslation()
  const label = t('badge.unknown')
  return (
    <Tooltip label={label} position="right" disabled={!collapsed}>
      <Link to="/sync" className={classes.badge} aria-label={label}>
        <StatusDot tone="neutral" hollow>
          {collapsed ? null : label}
        </StatusDot>
      </Link>
    </Tooltip>
  )
}
