import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../ipc/useSession'
import { Section } from '../../kit/Section'
import classes from './Kit.module.css'

const known = ['missing', 'waiting', 'ready', 'used'] as const

type Props = { onMake: () => void }

/** Whether the centre would come back if every device were lost, and the way to see to it. For owners. */
export function KitSection({ onMake }: Props) {
  const { t } = useTranslation()
  const session = useSession()
  const state = known.find((each) => each === session?.kit)
  if (!session || !state) return null
  const hasRelay = session.settings.relayUrl !== null
  return (
    <Section title={t('recovery.section')} description={t('recovery.sectionBody')}>
      <p className={classes.state} data-state={state}>
        {t(`recovery.state.${state}`)} {state === 'used' ? t('recovery.notYou') : null}
        {hasRelay ? null : (
          <>
            {t('recovery.needsRelay')} <Link to="/settings">{t('sync.setRelay')}</Link>
          </>
        )}
      </p>
      {hasRelay ? (
        <Button variant="default" mt={12} onClick={onMake}>
          {t(state === 'ready' ? 'recovery.makeAnother' : 'recovery.make')}
        </Button>
      ) : null}
      {state === 'missing' ? null : <p className={classes.kept}>{t('recovery.kept')}</p>}
    </Section>
  )
}
