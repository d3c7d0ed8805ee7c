import { HoverCard } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCall } from '../ipc/useCall'
import { useDefinitions } from '../ipc/useDefinitions'
import { RelativeTime } from '../kit/RelativeTime'
import { StatusDot } from '../kit/StatusDot'
import classes from './SyncBadge.module.css'
import { syncWords } from './syncWords'

type Props = { collapsed: boolean }
const noArgs = {}

/** Says quietly how this device stands with the others; nothing ever waits for it. */
export function SyncBadge({ collapsed }: Props) {
  const { t } = useTranslation()
  const status = useCall('sync.status', noArgs).data
  const { branches } = useDefinitions()
  const words = status ? syncWords(t, status) : { tone: 'neutral' as const, isHollow: true, text: t('badge.unknown') }
  return (
    <HoverCard position="right-end" openDelay={300} shadow="md" radius="md">
      <HoverCard.Target>
        <Link to="/sync" className={classes.badge} aria-label={words.text} data-collapsed={collapsed || undefined}>
          <StatusDot tone={words.tone} hollow={words.isHollow}>
            {collapsed ? null : <span className={classes.text}>{words.text}</span>}
          </StatusDot>
        </Link>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <div className={classes.card}>
          <strong>{words.text}</strong>
          {status?.lastHeard.map(({ branch, atMs }) => (
            <div key={branch} className={classes.line}>
              <span>{branches.find((each) => each.id === branch)?.name ?? '—'}</span>
              <span className={classes.when}>{atMs ? <RelativeTime atMs={atMs} /> : t('badge.never')}</span>
            </div>
          ))}
        </div>
      </HoverCard.Dropdown>
    </HoverCard>
  )
}
