import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDefinitions } from '../../ipc/useDefinitions'
import { CountTabs } from '../../kit/CountTabs'
import { PageHeader } from '../../kit/PageHeader'
import { SectionPage } from '../../kit/Section'
import { BranchSettings } from './BranchSettings'
import { DeviceSettings } from './DeviceSettings'
import { FieldSettings } from './FieldSettings'
import { StaffSettings } from './StaffSettings'
import { TagSettings } from './TagSettings'

type Tab = 'device' | 'branches' | 'staff' | 'fields' | 'tags'

/** How this device looks and speaks, and what the centre is made of. */
export function SettingsPage() {
  const { t } = useTranslation()
  const [tab, setTab] = useState<Tab>('device')
  const { branches, staff, fields, tags } = useDefinitions()
  const tabs = [
    { value: 'device' as const, label: t('settings.device') },
    { value: 'branches' as const, label: t('settings.branches'), count: branches.length },
    { value: 'staff' as const, label: t('settings.staff'), count: staff.filter((each) => each.isActive).length },
    { value: 'fields' as const, label: t('settings.fields'), count: fields.length },
    { value: 'tags' as const, label: t('settings.tags'), count: tags.length },
  ]
  return (
    <>
      <PageHeader title={t('nav.settings')} chips={<CountTabs label={t('nav.settings')} tabs={tabs} value={tab} onChange={setTab} />} />
      <SectionPage>
        {tab === 'device' ? <DeviceSettings /> : null}
        {tab === 'branches' ? <BranchSettings /> : null}
        {tab === 'staff' ? <StaffSettings /> : null}
        {tab === 'fields' ? <FieldSettings /> : null}
        {tab === 'tags' ? <TagSettings /> : null}
      </SectionPage>
    </>
  )
}
