import { Button } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../ipc/useSession'
import classes from './SampleBanner.module.css'

const storageKey = 'quen.kitLater'

/** Tells an owner, on the page of the day and until it is put off, that no recovery kit lies ready. */
export function KitBanner() {
  const { t } = useTranslation()
  const session = useSession()
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const [later, setLater] = useState(() => localStorage.getItem(storageKey))
  const kit = session?.kit
  const now = `${session?.device ?? ''} ${kit ?? ''}`
  if ((kit !== 'missing' && kit !== 'used') || !session?.settings.relayUrl || path !== '/today' || later === now) return null
  const putOff = () => {
    localStorage.setItem(storageKey, now)
    setLater(now)
  }
  return (
    <div className={classes.banner} role="status">
      <span className={classes.words}>{t(kit === 'used' ? 'recovery.bannerUsed' : 'recovery.bannerMissing')}</span>
      <Button size="compact-sm" variant="default" component={Link} to="/sync">
        {t('recovery.make')}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={putOff}>
        {t('recovery.bannerLater')}
      </Button>
    </div>
  )
}
