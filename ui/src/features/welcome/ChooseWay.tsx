import { IconBuildingCommunity, IconChevronRight, IconEye, IconTicket } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDo, useForgetAnswers } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import classes from './Welcome.module.css'

/** The ways that lead to a form. */
export type Way = 'create' | 'join'
type Props = { onChoose: (way: Way) => void }

/** Three ways to begin. */
export function ChooseWay({ onChoose }: Props) {
  const { t } = useTranslation()
  const sample = useDo('workspace.sample')
  const forget = useForgetAnswers()
  const errorText = useErrorText()
  const ways = [
    { id: 'create', icon: IconBuildingCommunity, title: t('welcome.create'), body: t('welcome.createBody'), run: () => onChoose('create') },
    { id: 'join', icon: IconTicket, title: t('welcome.join'), body: t('welcome.joinBody'), run: () => onChoose('join') },
    {
      id: 'sample',
      icon: IconEye,
      title: sample.isPending ? t('welcome.samplePending') : t('welcome.sample'),
      body: t('welcome.sampleBody'),
      run: () => sample.mutate({}, { onSuccess: () => void forget() }),
    },
  ]
  return (
    <>
      <h2 className={classes.title}>{t('welcome.title')}</h2>
      <div className={classes.ways}>
        {ways.map(({ id, icon: WayIcon, title, body, run }) => (
          <button key={id} type="button" className={classes.way} onClick={run} disabled={sample.isPending}>
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
      {sample.isError ? (
        <p role="alert" className={classes.problem}>
          {errorText(sample.error)}
        </p>
      ) : null}
    </>
  )
}
