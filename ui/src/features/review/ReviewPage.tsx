import { IconGitMerge } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../kit/PageHeader'
import { EmptyState } from '../../kit/States'

/** What two devices or two records disagree about. */
export function ReviewPage() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('nav.review')} />
      <EmptyState icon={<IconGitMerge size={28} stroke={1.5} />} title={t('review.emptyTitle')}>
        {t('review.emptyBody')}
      </EmptyState>
    </>
  )
}
