import { IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../kit/PageHeader'
import { EmptyState } from '../../kit/States'

/** Everyone the centre knows. */
export function PeoplePage() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('nav.people')} />
      <EmptyState icon={<IconUsers size={28} stroke={1.5} />} title={t('people.emptyTitle')}>
        {t('people.emptyBody')}
      </EmptyState>
    </>
  )
}
