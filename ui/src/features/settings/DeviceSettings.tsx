import { Button, SegmentedControl, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../ipc/bindings/Settings'
import { useCall, useDo } from '../../ipc/useCall'
import { useDefinitions } from '../../ipc/useDefinitions'
import { useErrorText } from '../../ipc/useErrorText'
import { useIsManager } from '../../ipc/useSession'
import { Section, SectionLine } from '../../kit/Section'
import { LoadingLines } from '../../kit/States'
import { showToast } from '../../lib/toasts'
import { NameLine } from './NameLine'
import { PassphraseLine } from './PassphraseLine'

const noArgs = {}

/** How this device looks and speaks. None of it leaves the device. */
export function DeviceSettings() {
  const { t } = useTranslation()
  const session = useCall('session.get', noArgs)
  const { staff } = useDefinitions()
  const keep = useDo('session.settings')
  const signIn = useDo('session.signIn')
  const errorText = useErrorText()
  const current = session.data
  if (!current) return <LoadingLines />
  const { settings } = current
  const after = {
    onSuccess: () => void session.refetch(),
    onError: (error: unknown) => void showToast({ kind: 'error', message: errorText(error) }),
  }
  const set = (change: Partial<Settings>) => keep.mutate({ ...settings, ...change }, after)
  return (
    <>
      <Section title={t('settings.look')}>
        <SectionLine title={t('settings.language')}>
          <SegmentedControl
            aria-label={t('settings.language')}
            value={settings.language}
            onChange={(language) => set({ language })}
            data={[
              { value: 'vi', label: 'Tiếng Việt' },
              { value: 'en', label: 'English' },
            ]}
          />
        </SectionLine>
        <SectionLine title={t('settings.theme')}>
          <SegmentedControl
            aria-label={t('settings.theme')}
            value={settings.theme}
            onChange={(theme) => set({ theme })}
            data={['light', 'dark', 'system'].map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
          />
        </SectionLine>
        <SectionLine title={t('settings.density')} detail={t('settings.densityBody')}>
          <SegmentedControl
            aria-label={t('settings.density')}
            value={settings.density}
            onChange={(density) => set({ density })}
            data={['comfortable', 'compact'].map((value) => ({ value, label: t(`settings.densities.${value}`) }))}
          />
        </SectionLine>
        <SectionLine title={t('settings.notifications')} detail={t('settings.notificationsBody')}>
          <Switch
            aria-label={t('settings.notifications')}
            checked={settings.areNotificationsOn}
            onChange={(event) => set({ areNotificationsOn: event.currentTarget.checked })}
          />
        </SectionLine>
      </Section>
      <Section title={t('settings.thisDevice')}>
        <NameLine label={t('settings.centreName')} value={current.centre ?? ''} rename="workspace.rename" />
        <NameLine
          label={t('settings.deviceName')}
          value={current.deviceName ?? ''}
          detail={current.role ? t(`roles.${current.role}`) : undefined}
          rename="device.rename"
        />
        <SectionLine title={t('nav.whoSitsHere')} detail={t('settings.seatBody')}>
          <Select
            aria-label={t('nav.whoSitsHere')}
            data={staff.filter((each) => each.isActive).map((each) => ({ value: each.id, label: each.name }))}
            value={current.staff}
            allowDeselect={false}
            onChange={(chosen) => chosen && signIn.mutate({ staff: chosen }, after)}
          />
        </SectionLine>
        <RelayLine />
        <PassphraseLine hasPassphrase={current.hasPassphrase} />
        <SectionLine title={t('settings.version')}>
          <span className="q-numeric">{current.version}</span>
        </SectionLine>
      </Section>
    </>
  )
}

/** The relay's address. */
function RelayLine() {
  const { t } = useTranslation()
  const status = useCall('sync.status', noArgs)
  const setRelay = useDo('relay.set')
  const isManager = useIsManager()
  const errorText = useErrorText()
  const saved = status.data?.relayUrl ?? ''
  const [typed, setTyped] = useState<string | null>(null)
  const url = (typed ?? saved).trim()
  const save = () =>
    setRelay.mutate(
      { url: url || null },
      {
        onSuccess: () => {
          setTyped(null)
          void status.refetch()
          showToast({ kind: 'done', message: t('settings.relaySaved') })
        },
      },
    )
  return (
    <SectionLine title={t('settings.relay')} detail={t('settings.relayBody')}>
      <TextInput
        aria-label={t('settings.relay')}
        placeholder="https://relay.trungtam.vn"
        value={typed ?? saved}
        disabled={!isManager}
        error={setRelay.isError ? errorText(setRelay.error) : null}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && url !== saved && save()}
        inputMode="url"
        w={240}
      />
      {isManager && url !== saved ? (
        <Button variant="default" loading={setRelay.isPending} onClick={save}>
          {t('kit.save')}
        </Button>
      ) : null}
    </SectionLine>
  )
}
