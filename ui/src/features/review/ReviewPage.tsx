import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../ipc/useCall'
import { CountTabs } from '../../kit/CountTabs'
import { PageHeader } from '../../kit/PageHeader'
import { ConflictList } from './ConflictList'
import { DuplicateList } from './DuplicateList'
import { conflictPage, duplicatePage } from './pages'

type Tab = 'conflicts' | 'duplicates'

/** What two devices or two records disagree about. */
export function ReviewPage() {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<Tab | null>(null)
  const conflicts = useCall('conflict.list', conflictPage)
  const duplicates = useCall('duplicate.list', duplicatePage)
  const hasOnlyDuplicates = conflicts.data?.total === 0 && (duplicates.data?.length ?? 0) > 0
  const tab = chosen ?? (hasOnlyDuplicates ? 'duplicates' : 'conflicts')
  const tabs = [
    { value: 'conflicts' as Tab, label: t('review.conflicts'), count: conflicts.data?.total },
    { value: 'duplicates' as Tab, label: t('review.duplicates'), count: duplicates.data?.length },
  ]
  return (
    <>
      <PageHeader
        title={t('nav.review')}
        chips={<CountTabs label={t('review.tabs')} tabs={tabs} value={tab} onChange={setChosen} />}
      />
      {tab === 'conflicts' ? <ConflictList asked={conflicts} /> : <DuplicateList asked={duplicates} />}
    </>
  )
}
