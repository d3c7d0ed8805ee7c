import { Tooltip } from '@mantine/core'
import { formatDateTime, relativeTime } from '../lib/dates'
import { useLanguage } from '../lib/useLanguage'
import { useNow } from './useNow'

type Props = { atMs: number }

/** How long ago or ahead an instant is; the exact time on hover. */
export function RelativeTime({ atMs }: Props) {
  const language = useLanguage()
  const now = useNow()
  return (
    <Tooltip label={formatDateTime(atMs)}>
      <time dateTime={new Date(atMs).toISOString()} className="q-numeric" style={{ whiteSpace: 'nowrap' }}>
        {relativeTime(atMs, now, language)}
      </time>
    </Tooltip>
  )
}
