import { IconCalendarCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../kit/PageHeader'
import { EmptyState } from '../../kit/States'

/** What needs hands today. */
export function TodayPage() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('nav.today')} />
      <EmptyState icon={<IconCalendarCheck size={28} stroke={1.5} />} title={t('today.emptyTitle')}>
        {t('today.emptyBody')}
      </EmptyState>
    </>
  )
}
