import { Button, FileButton, Textarea, TextInput } from '@mantine/core'
import { IconQrcode } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useDo, useForgetAnswers } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { readQr } from '../../lib/readQr'
import { FormTitle } from './CreateForm'
import classes from './Welcome.module.css'

type Props = { onBack: () => void }

/** Joins a centre with an invite. */
export function JoinForm({ onBack }: Props) {
  const { t } = useTranslation()
  const join = useDo('workspace.join')
  const forget = useForgetAnswers()
  const errorText = useErrorText()
  const [invite, setInvite] = useState('')
  const [deviceName, setDeviceName] = useState('')
  const [isUnread, setUnread] = useState(false)
  const takePicture = async (picture: File | null) => {
    if (!picture) return
    const text = await readQr(picture)
    setUnread(text === null)
    if (text !== null) setInvite(text)
  }
  const isReady = invite.trim() !== '' && deviceName.trim() !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady) join.mutate({ invite: invite.trim(), deviceName: deviceName.trim() }, { onSuccess: () => void forget() })
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <FormTitle title={t('welcome.join')} onBack={onBack} />
      <p className={classes.lead}>{t('welcome.joinHow')}</p>
      <Textarea
        label={t('welcome.invite')}
        value={invite}
        onChange={(event) => setInvite(event.currentTarget.value)}
        autosize
        minRows={3}
        maxRows={6}
        spellCheck={false}
        required
        autoFocus
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', overflowWrap: 'anywhere' } }}
      />
      <div>
        <FileButton accept="image/*" onChange={(picture) => void takePicture(picture)}>
          {(opener) => (
            <Button {...opener} variant="default" size="compact-sm" leftSection={<IconQrcode size={15} aria-hidden />}>
              {t('welcome.inviteFromPicture')}
            </Button>
          )}
        </FileButton>
        {isUnread ? (
          <p role="alert" className={classes.problem}>
            {t('welcome.noQrInPicture')}
          </p>
        ) : null}
      </div>
      <TextInput
        label={t('welcome.deviceName')}
        placeholder={t('welcome.deviceNameHint')}
        value={deviceName}
        onChange={(event) => setDeviceName(event.currentTarget.value)}
        required
      />
      {join.isError ? (
        <p role="alert" className={classes.problem}>
          {errorText(join.error)}
        </p>
      ) : null}
      <Button type="submit" disabled={!isReady} loading={join.isPending}>
        {t('welcome.joinDo')}
      </Button>
    </form>
  )
}
