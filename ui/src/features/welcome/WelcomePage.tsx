import { SegmentedControl } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDo, useForgetAnswers } from '../../ipc/useCall'
import { useSession } from '../../ipc/useSession'
import type { Language } from '../../lib/dates'
import { chooseLanguage } from '../../lib/i18n'
import { useLanguage } from '../../lib/useLanguage'
import { ChoosePassphrase } from './ChoosePassphrase'
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
  const client = useQueryClient()
  const sample = useDo('workspace.sample')
  const forget = useForgetAnswers()
  const back = () => setWay(null)
  const showSample = () => sample.mutate({}, { onSuccess: () => void forget() })
  const begin = (next: Way) => {
    if (next === 'sample' && session?.stage !== 'new') showSample()
    else setWay(next)
  }
  // The way that was chosen goes on behind the passphrase.
  const goOn = async () => {
    // Only now there is a place that keeps the language.
    if (session) await keep.mutateAsync({ ...session.settings, language }).catch(() => undefined)
    if (way === 'sample') {
      setWay(null)
      showSample()
    }
    await client.invalidateQueries({ queryKey: ['session.get'] })
  }
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
          ) : session?.stage === 'new' && way ? (
            <ChoosePassphrase onBack={back} onChosen={() => void goOn()} />
          ) : way === 'create' ? (
            <CreateForm onBack={back} />
          ) : way === 'join' || way === 'recover' ? (
            <JoinForm onBack={back} isRecovering={way === 'recover'} />
          ) : (
            <ChooseWay onChoose={begin} isOpening={sample.isPending} error={sample.error} />
          )}
        </div>
      </main>
    </div>
  )
}
