import { Button, PasswordInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useDo, useForgetAnswers } from '../../ipc/useCall'
import { toIpcError } from '../../ipc/errors'
import { useErrorText } from '../../ipc/useErrorText'
import classes from './Welcome.module.css'

/** Opens the data of this device with its passphrase, where the system keeps no keys. */
export function Unlock() {
  const { t } = useTranslation()
  const unlock = useDo('session.unlock')
  const forget = useForgetAnswers()
  const errorText = useErrorText()
  const [passphrase, setPassphrase] = useState('')
  // Only a wrong word is about the field; the rest is about the data, and says what to do.
  const isWrongWord = unlock.isError && toIpcError(unlock.error).code === 'wrong_passphrase'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (passphrase) unlock.mutate({ passphrase }, { onSuccess: () => void forget() })
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <h2 className={classes.title}>{t('welcome.unlock')}</h2>
      <p className={classes.lead}>{t('welcome.unlockBody')}</p>
      <PasswordInput
        label={t('welcome.passphrase')}
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        error={isWrongWord ? errorText(unlock.error) : null}
        autoFocus
      />
      {unlock.isError && !isWrongWord ? (
        <div role="alert" className={classes.trouble}>
          <strong>{t('welcome.notOpened')}</strong>
          <p>{errorText(unlock.error)}</p>
        </div>
      ) : null}
      <Button type="submit" disabled={!passphrase} loading={unlock.isPending}>
        {t('welcome.unlockDo')}
      </Button>
    </form>
  )
}
