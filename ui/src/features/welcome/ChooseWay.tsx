import { IconBuildingCommunity, IconChevronRight, IconEye, IconTicket } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../ipc/useErrorText'
import classes from './Welcome.module.css'

/** How one begins. */
export type Way = 'create' | 'join' | 'sample' | 'recover'
type Props = { onChoose: (way: Way) => void; isOpening: boolean; error: unknown }

/** Three ways to begin, and one back. */
export function ChooseWay({ onChoose, isOpening, error }: Props) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const ways = [
    { id: 'create', icon: IconBuildingCommunity, title: t('welcome.create'), body: t('welcome.createBody') },
    { id: 'join', icon: IconTicket, title: t('welcome.join'), body: t('welcome.joinBody') },
    {
      id: 'sample',
      icon: IconEye,
      title: isOpening ? t('welcome.samplePending') : t('welcome.sample'),
      body: t('welcome.sampleBody'),
    },
  ] as const
  return (
    <>
      <h2 className={classes.title}>{t('welcome.title')}</h2>
      <div className={classes.ways}>
        {ways.map(({ id, icon: WayIcon, title, body }) => (
          <button key={id} type="button" className={classes.way} onClick={() => onChoose(id)} disabled={isOpening}>
            <span className={classes.wayIcon}>
              <WayIcon size={20} stroke={1.6} aria-hidden />
            </span>
            <span className={classes.wayWords}>
              <span className={classes.wayTitle}>{title}</span>
              <span className={classes.wayBody}>{body}</span>
            </span>
            <IconChevronRight size={16} aria-hidden className={classes.wayGo} />
          </button>
        ))}
      </div>
      <button type="button" className={classes.lost} onClick={() => onChoose('recover')} disabled={isOpening}>
        {t('recovery.lost')}
      </button>
      {error ? (
        <p role="alert" className={classes.problem}>
          {errorText(error)}
        </p>
      ) : null}
    </>
  )
}
