import { IconSettings } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../kit/PageHeader'
import { EmptyState } from '../../kit/States'

/** How this device and this centre work. */
export function SettingsPage() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeader title={t('nav.settings')} />
      <EmptyState icon={<IconSettings size={28} stroke={1.5} />} title={t('settings.emptyTitle')}>
        {t('settings.emptyBody')}
      </EmptyState>
    </>
  )
}
