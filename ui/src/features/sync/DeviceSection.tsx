import { IconDeviceDesktop, IconDeviceDesktopOff, IconLifebuoy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DeviceView } from '../../ipc/bindings/DeviceView'
import { useCall } from '../../ipc/useCall'
import { useDefinitions } from '../../ipc/useDefinitions'
import { useErrorText } from '../../ipc/useErrorText'
import { RelativeTime } from '../../kit/RelativeTime'
import { Section, SectionLine } from '../../kit/Section'
import { ErrorState, LoadingLines } from '../../kit/States'
import { Chip } from '../../kit/StatusDot'
import { kitNumber } from '../../lib/codes'
import { formatDate } from '../../lib/dates'
import classes from './Sync.module.css'
import { useBranchNames } from './useBranchNames'

const noArgs = {}

/** Every device of the centre. */
export function DeviceSection() {
  const { t } = useTranslation()
  const devices = useCall('device.list', noArgs)
  const { staff } = useDefinitions()
  const branchNames = useBranchNames()
  const errorText = useErrorText()
  return (
    <Section title={t('sync.devices')} description={t('sync.devicesBody')}>
      {devices.isPending ? <LoadingLines rows={3} /> : null}
      {devices.isError && !devices.data ? <ErrorState message={errorText(devices.error)} onRetry={() => void devices.refetch()} /> : null}
      {devices.data?.map((device) => device.kitMadeAtMs !== null ? <KitLine key={device.id} kit={device} madeAtMs={device.kitMadeAtMs} /> : (
        <SectionLine
          key={device.id}
          isFaded={!device.isActive}
          icon={device.isActive ? <IconDeviceDesktop size={18} stroke={1.5} aria-hidden /> : <IconDeviceDesktopOff size={18} stroke={1.5} aria-hidden />}
          title={
            <>
              {device.name || device.id.slice(0, 8)}
              {device.isThis ? <Chip tone="accent">{t('sync.thisDevice')}</Chip> : null}
              {device.isActive ? null : <Chip>{t('sync.inactive')}</Chip>}
            </>
          }
          detail={[t(`roles.${device.role}`), branchNames(device.branches), staff.find((each) => each.id === device.staff)?.name, device.kitUsedAtMs === null ? null : t('recovery.cameBy', { date: formatDate(device.kitUsedAtMs) })].filter(Boolean).join(' · ')}
        >
          <span className={classes.when}>{device.isThis ? null : device.lastHeardMs ? <RelativeTime atMs={device.lastHeardMs} /> : t('badge.never')}</span>
        </SectionLine>
      ))}
    </Section>
  )
}

type KitProps = { kit: DeviceView; madeAtMs: number }

/** A device that exists on paper alone. */
function KitLine({ kit, madeAtMs }: KitProps) {
  const { t } = useTranslation()
  const used = kit.kitUsedAtMs === null ? t('recovery.unused') : t('recovery.usedOn', { date: formatDate(kit.kitUsedAtMs) })
  return (
    <SectionLine
      isFaded={!kit.isActive}
      icon={<IconLifebuoy size={18} stroke={1.5} aria-hidden />}
      title={
        <>
          {t('recovery.device', { date: formatDate(madeAtMs) })}
          {kit.isActive ? null : <Chip>{t('sync.inactive')}</Chip>}
        </>
      }
      detail={[t('recovery.number', { number: kitNumber(kit.id) }), used].join(' · ')}
    />
  )
}
