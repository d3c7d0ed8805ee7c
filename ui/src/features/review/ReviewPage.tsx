import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../ipc/useCall'
import { CountTabs } from '../../kit/CountTabs'
import { PageHeader } from '../../kit/PageHeader'
import { formatCount } from '../../lib/money'
import { ConflictList } from './ConflictList'
import { DuplicateList } from './DuplicateList'
import { pageOf, REVIEW_STEP } from './pages'
import classes from './Review.module.css'

type Tab = 'conflicts' | 'duplicates'

/** What two devices or two records disagree about. */
export function ReviewPage() {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<Tab | null>(null)
  const [limit, setLimit] = useState(REVIEW_STEP)
  const conflicts = useCall('conflict.list', pageOf(limit), { keep: true })
  const duplicates = useCall('duplicate.list', pageOf(limit), { keep: true })
  const pairs = useCall('duplicate.count', {}).data?.count ?? duplicates.data?.length ?? 0
  const hasOnlyDuplicates = conflicts.data?.total === 0 && (duplicates.data?.length ?? 0) > 0
  const tab = chosen ?? (hasOnlyDuplicates ? 'duplicates' : 'conflicts')
  const tabs = [
    { value: 'conflicts' as Tab, label: t('review.conflicts'), count: conflicts.data?.total },
    { value: 'duplicates' as Tab, label: t('review.duplicates'), count: duplicates.data ? Math.max(pairs, duplicates.data.length) : undefined },
  ]
  return (
    <>
      <PageHeader
        title={t('nav.review')}
        chips={<CountTabs label={t('review.tabs')} tabs={tabs} value={tab} onChange={setChosen} />}
      />
      {tab === 'conflicts' ? (
        <ConflictList asked={conflicts} rest={<Rest left={(conflicts.data?.total ?? 0) - (conflicts.data?.rows.length ?? 0)} onMore={() => setLimit(limit + REVIEW_STEP)} />} />
      ) : (
        <DuplicateList asked={duplicates} rest={<Rest left={pairs - (duplicates.data?.length ?? 0)} onMore={() => setLimit(limit + REVIEW_STEP)} />} />
      )}
    </>
  )
}

type RestProps = { left: number; onMore: () => void }

/** How many more wait than are shown, and the way to them. */
function Rest({ left, onMore }: RestProps) {
  const { t } = useTranslation()
  if (left <= 0) return null
  return (
    <div className={classes.rest}>
      <Button variant="default" size="compact-md" onClick={onMore}>
        {t('review.showMore', { n: formatCount(left) })}
      </Button>
    </div>
  )
}
