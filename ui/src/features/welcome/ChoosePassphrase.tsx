import { Button, PasswordInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useDo } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { FormTitle } from './CreateForm'
import classes from './Welcome.module.css'

const CHARS_MIN = 8

type Props = { onBack: () => void; onChosen: () => void }

/** The first start where the system keeps no keys: whoever begins chooses what opens the data from now on. */
export function ChoosePassphrase({ onBack, onChosen }: Props) {
  const { t } = useTranslation()
  const unlock = useDo('session.unlock')
  const errorText = useErrorText()
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const isDifferent = again !== '' && !passphrase.startsWith(again) && again !== passphrase
  const isReady = passphrase.trim().length >= CHARS_MIN && again === passphrase
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady) unlock.mutate({ passphrase }, { onSuccess: onChosen })
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <FormTitle title={t('welcome.choosePassphrase')} onBack={onBack} />
      <p className={classes.lead}>{t('welcome.choosePassphraseBody')}</p>
      <PasswordInput
        label={t('welcome.passphrase')}
        description={t('welcome.passphraseLength')}
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        autoComplete="new-password"
        required
        autoFocus
      />
      <PasswordInput
        label={t('welcome.passphraseAgain')}
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
        error={isDifferent ? t('welcome.passphraseDiffers') : null}
        autoComplete="new-password"
        required
      />
      <p className={classes.lead}>{t('welcome.passphraseLost')}</p>
      {unlock.isError ? (
        <p role="alert" className={classes.problem}>
          {errorText(unlock.error)}
        </p>
      ) : null}
      <Button type="submit" disabled={!isReady} loading={unlock.isPending}>
        {t('welcome.passphraseDo')}
      </Button>
    </form>
  )
}
