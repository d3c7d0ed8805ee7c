import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../kit/PageHeader'
import { EmptyState } from '../../kit/States'

/** How this device stands with the others. */
export function SyncPage() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('nav.sync')} />
      <EmptyState icon={<IconRefresh size={28} stroke={1.5} />} title={t('sync.emptyTitle')}>
        {t('sync.emptyBody')}
      </EmptyState>
    </>
  )
}
