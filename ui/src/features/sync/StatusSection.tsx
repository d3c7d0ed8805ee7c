import { IconAlertTriangle, IconCloud, IconCloudCheck, IconCloudOff, IconCloudUp, IconCloudX, IconDeviceDesktop } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '../../ipc/bindings/SyncStatus'
import { useDefinitions } from '../../ipc/useDefinitions'
import { RelativeTime } from '../../kit/RelativeTime'
import { Section, SectionLine } from '../../kit/Section'
import { formatCount } from '../../lib/money'
import classes from './Sync.module.css'

const icons = { noRelay: IconDeviceDesktop, offline: IconCloudOff, syncing: IconCloudUp, stopped: IconCloudX, synced: IconCloudCheck } as const
const tones = { noRelay: 'neutral', offline: 'warning', syncing: 'info', stopped: 'danger', synced: 'success' } as const

type Props = { status: SyncStatus }

/** What only another address mends. */
const ofTheAddress: ReadonlySet<string> = new Set(['not_a_relay', 'relay_unreadable', 'relay_refuses_centre'])

/** A relay as people name it: without the scheme, where the address can be read. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address
}

function isKnown(state: string): state is keyof typeof icons {
  return state in icons
}

/** Where this device stands: in a sentence, then by branch. */
export function StatusSection({ status }: Props) {
  const { t } = useTranslation()
  const { branches } = useDefinitions()
  const state = isKnown(status.state) ? status.state : null
  const StateIcon = state ? icons[state] : IconCloud
  return (
    <>
      <div className={classes.status} data-tone={state ? tones[state] : 'neutral'}>
        <span className={classes.statusIcon}>
          <StateIcon size={24} stroke={1.5} aria-hidden />
        </span>
        <div className={classes.statusWords}>
          <strong className={classes.statusTitle}>{t(`sync.state.${state ?? 'synced'}`)}</strong>
          <span className={classes.statusBody}>
            {state === 'noRelay' ? (
              <>
                {t('sync.noRelayBody')} <Link to="/settings">{t('sync.setRelay')}</Link>
              </>
            ) : state === 'offline' && status.relayUrl ? (
              `${t('sync.away', { relay: hostOf(status.relayUrl) })} `
            ) : null}
            {state === 'noRelay' ? null : status.waiting > 0 ? (
              t('sync.waiting', { count: status.waiting, shown: formatCount(status.waiting) })
            ) : (
              t('sync.nothingWaits')
            )}{' '}
            {status.syncedAtMs ? (
              <>
                {t('sync.lastSynced')} <RelativeTime atMs={status.syncedAtMs} />.
              </>
            ) : null}
          </span>
        </div>
      </div>
      {status.stopped ? (
        <div className={classes.notice} role="alert">
          <IconAlertTriangle size={17} stroke={1.7} aria-hidden />
          <span>
            {t([`errors.${status.stopped}`, 'errors.unknown'], { code: status.stopped })}
            {status.relayUrl ? <span className={classes.relay}>{hostOf(status.relayUrl)}</span> : null}
            {ofTheAddress.has(status.stopped) ? <Link to="/settings">{t('sync.changeRelay')}</Link> : null}
          </span>
        </div>
      ) : null}
      {status.notice ? (
        <div className={classes.notice} role="alert">
          <IconAlertTriangle size={17} stroke={1.7} aria-hidden />
          {t([`sync.notice.${status.notice}`, 'sync.notice.other'], { code: status.notice })}
        </div>
      ) : null}
      {status.quarantined > 0 || status.heldBack > 0 ? (
        <div className={classes.aside}>
          {status.heldBack > 0 ? <p>{t('sync.heldBack', { count: status.heldBack, shown: formatCount(status.heldBack) })}</p> : null}
          {status.quarantined > 0 ? <p>{t('sync.quarantined', { count: status.quarantined, shown: formatCount(status.quarantined) })}</p> : null}
        </div>
      ) : null}
      {status.lastHeard.length > 0 ? (
        <Section title={t('sync.byBranch')}>
          {status.lastHeard.map(({ branch, atMs }) => (
            <SectionLine key={branch} title={branches.find((each) => each.id === branch)?.name ?? '—'}>
              <span className={classes.when}>{atMs ? <RelativeTime atMs={atMs} /> : t('badge.never')}</span>
            </SectionLine>
          ))}
        </Section>
      ) : null}
    </>
  )
}
