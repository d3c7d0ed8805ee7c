import { IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../kit/PageHeader'
import { EmptyState } from '../../kit/States'

/** A list from elsewhere becomes people. */
export function ImportPage() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('nav.import')} />
      <EmptyState icon={<IconFileImport size={28} stroke={1.5} />} title={t('import.emptyTitle')}>
        {t('import.emptyBody')}
      </EmptyState>
    </>
  )
}
