import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { KitView } from '../../ipc/bindings/KitView'
import { QrCode } from '../../kit/QrCode'
import { groupsOf, kitNumber } from '../../lib/codes'
import { formatDate } from '../../lib/dates'
import classes from './Kit.module.css'

type Props = { kit: KitView; centre: string }

/** The kit as a printer gets it, alone on its page; the screen never shows it. */
export function KitSheet({ kit, centre }: Props) {
  const { t } = useTranslation()
  const { scheme, groups } = groupsOf(kit.text)
  const facts = [
    [t('recovery.sheet.made'), formatDate(kit.madeAtMs)],
    [t('recovery.sheet.number'), kitNumber(kit.id)],
    [t('recovery.sheet.relay'), kit.relayUrl],
  ]
  return createPortal(
    <section className={classes.sheet} data-print-sheet aria-label={t('recovery.section')}>
      <header className={classes.sheetHead}>
        <div>
          <p className={classes.sheetKind}>{t('recovery.section')}</p>
          <h1 className={classes.sheetTitle}>{centre}</h1>
          <dl className={classes.sheetFacts}>
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </div>
        <QrCode svg={kit.qrSvg} label={t('recovery.qr')} size={230} />
      </header>
      <p>{t('recovery.sheet.for')}</p>
      <p className={classes.sheetSafe}>{t('recovery.sheet.safe')}</p>
      <h2 className={classes.sheetHow}>{t('recovery.sheet.how')}</h2>
      <ol>
        <li>{t('recovery.sheet.step1')}</li>
        <li>{t('recovery.sheet.step2')}</li>
        <li>{t('recovery.sheet.step3')}</li>
      </ol>
      <p className={classes.sheetScheme}>{scheme}</p>
      <div className={classes.sheetGroups}>
        {groups.map((group, index) => (
          <span key={index}>{group}</span>
        ))}
      </div>
    </section>,
    document.body,
  )
}
