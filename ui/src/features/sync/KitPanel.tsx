import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy, IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { KitView } from '../../ipc/bindings/KitView'
import { useCall, useDo } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { useSession } from '../../ipc/useSession'
import { QrCode } from '../../kit/QrCode'
import { SidePanel } from '../../kit/SidePanel'
import { useFocusBack } from '../../kit/useFocusBack'
import { groupsOf, kitNumber } from '../../lib/codes'
import classes from './Kit.module.css'
import { KitSheet } from './KitSheet'
import panel from './Sync.module.css'

const noArgs = {}
/** The feed tells when the relay has taken the kit; asking as well covers a feed that broke. */
const ASK_MS = 3_000

type Props = { onClose: () => void }

/** Makes a recovery kit and shows it once. */
export function KitPanel({ onClose }: Props) {
  const { t } = useTranslation()
  const make = useDo('kit.make')
  const errorText = useErrorText()
  useFocusBack()
  return (
    <SidePanel title={t('recovery.section')} onClose={onClose}>
      {make.data ? (
        <KitShown kit={make.data} />
      ) : (
        <div className={panel.inviteForm}>
          <p className={panel.requestHow}>{t('recovery.sectionBody')}</p>
          <p className={panel.requestHow}>{t('recovery.before')}</p>
          {make.isError ? (
            <p role="alert" className={panel.problem}>
              {errorText(make.error)}
            </p>
          ) : null}
          <Button autoFocus loading={make.isPending} onClick={() => make.mutate({})}>
            {t('recovery.makeDo')}
          </Button>
        </div>
      )}
    </SidePanel>
  )
}

type ShownProps = { kit: KitView }

function KitShown({ kit }: ShownProps) {
  const { t } = useTranslation()
  const devices = useCall('device.list', noArgs, { everyMs: ASK_MS })
  const isTaken = devices.data?.some((device) => device.id === kit.id) ?? false
  const centre = useSession()?.centre ?? ''
  const { scheme, groups } = groupsOf(kit.text)
  return (
    <div className={panel.inviteForm}>
      <p role="status" className={classes.state} data-state={isTaken ? 'ready' : 'waiting'}>
        {t(isTaken ? 'recovery.taken' : 'recovery.state.waiting')}
      </p>
      <Button autoFocus onClick={() => window.print()} leftSection={<IconPrinter size={15} aria-hidden />}>
        {t('recovery.print')}
      </Button>
      <QrCode svg={kit.qrSvg} label={t('recovery.qr')} size={240} />
      <div className={classes.groups} role="group" aria-label={t('recovery.words')}>
        <span className={classes.scheme}>{scheme}</span>
        {groups.map((group, index) => (
          <span key={index}>{group}</span>
        ))}
      </div>
      <CopyButton value={kit.text}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy} leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}>
            {copied ? t('recovery.copied') : t('recovery.copy')}
          </Button>
        )}
      </CopyButton>
      <p className={panel.requestHow}>{t('recovery.once')}</p>
      <p className={panel.requestHow}>{t('recovery.number', { number: kitNumber(kit.id) })}</p>
      <KitSheet kit={kit} centre={centre} />
    </div>
  )
}
