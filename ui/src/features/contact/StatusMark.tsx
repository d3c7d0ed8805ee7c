import { useTranslation } from 'react-i18next'
import { StatusDot } from '../../kit/StatusDot'
import { statusMarks } from './model/status'

type Props = { status: string | null; /** The mark only, where the word stands beside it. */ isBare?: boolean }

/** Where a person stands, as a mark and a word. */
export function StatusMark({ status, isBare }: Props) {
  const { t } = useTranslation()
  if (!status) return null
  const mark = statusMarks[status] ?? { tone: 'neutral' as const }
  return (
    <StatusDot tone={mark.tone} hollow={mark.hollow}>
      {isBare ? null : t(`terms.status.${status}`, { defaultValue: status })}
    </StatusDot>
  )
}
