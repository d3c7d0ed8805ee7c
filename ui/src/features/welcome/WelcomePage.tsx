import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDo } from '../../ipc/useCall'
import { useSession } from '../../ipc/useSession'
import type { Language } from '../../lib/dates'
import { chooseLanguage } from '../../lib/i18n'
import { useLanguage } from '../../lib/useLanguage'
import { ChooseWay, type Way } from './ChooseWay'
import { CreateForm } from './CreateForm'
import { Greeting } from './Greeting'
import { JoinForm } from './JoinForm'
import { Joining } from './Joining'
import { Unlock } from './Unlock'
import classes from './Welcome.module.css'

/** The first start: create a centre, join one, or look around. */
export function WelcomePage() {
  const { t } = useTranslation()
  const language = useLanguage()
  const session = useSession()
  const [way, setWay] = useState<Way | null>(null)
  const keep = useDo('session.settings')
  const back = () => setWay(null)
  const choose = (next: Language) => {
    chooseLanguage(next)
    if (session) keep.mutate({ ...session.settings, language: next })
  }
  return (
    <div className={classes.page}>
      <Greeting />
      <main className={classes.side}>
        <div className={classes.language}>
          <SegmentedControl
            aria-label={t('welcome.language')}
            value={language}
            onChange={(next) => choose(next === 'en' ? 'en' : 'vi')}
            data={[
              { value: 'vi', label: 'Tiếng Việt' },
              { value: 'en', label: 'English' },
            ]}
          />
        </div>
        <div className={classes.panel}>
          {session?.stage === 'locked' ? (
            <Unlock />
          ) : session?.stage === 'joining' ? (
            <Joining session={session} />
          ) : way === 'create' ? (
            <CreateForm onBack={back} />
          ) : way === 'join' ? (
            <JoinForm onBack={back} />
          ) : (
            <ChooseWay onChoose={setWay} />
          )}
        </div>
      </main>
    </div>
  )
}
