import { Button, FileButton, Textarea, TextInput } from '@mantine/core'
import { IconQrcode } from '@tabler/icons-react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../ipc/useErrorText'
import { FormTitle } from './CreateForm'
import { useWayIn } from './useWayIn'
import classes from './Welcome.module.css'

type Props = { onBack: () => void; isRecovering?: boolean }

/** Joins a centre with an invite, or brings it back with a recovery kit: the text says which. */
export function JoinForm({ onBack, isRecovering = false }: Props) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const way = useWayIn(isRecovering)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    way.goIn()
  }
  return (
    <form onSubmit={submit} className={classes.form}>
      <FormTitle title={t(way.isKit ? 'recovery.title' : 'welcome.join')} onBack={onBack} />
      <p className={classes.lead}>{t(way.isKit ? 'recovery.how' : 'welcome.joinHow')}</p>
      <Textarea
        label={t(way.isKit ? 'recovery.field' : 'welcome.invite')}
        value={way.text}
        onChange={(event) => way.setText(event.currentTarget.value)}
        autosize
        minRows={3}
        maxRows={6}
        spellCheck={false}
        autoComplete="off"
        required
        autoFocus
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', overflowWrap: 'anywhere' } }}
      />
      <div>
        <FileButton accept="image/*" onChange={(picture) => void way.takePicture(picture)}>
          {(opener) => (
            <Button {...opener} variant="default" size="compact-sm" leftSection={<IconQrcode size={15} aria-hidden />}>
              {t('welcome.inviteFromPicture')}
            </Button>
          )}
        </FileButton>
        {way.isUnread ? (
          <p role="alert" className={classes.problem}>
            {t(way.isKit ? 'recovery.noQr' : 'welcome.noQrInPicture')}
          </p>
        ) : null}
      </div>
      <TextInput
        label={t('welcome.deviceName')}
        placeholder={t('welcome.deviceNameHint')}
        value={way.deviceName}
        onChange={(event) => way.setDeviceName(event.currentTarget.value)}
        required
      />
      {way.isKit && way.isElsewhere ? (
        <TextInput
          label={t('recovery.relayNow')}
          description={t('recovery.relayNowBody')}
          placeholder="https://relay.trungtam.vn"
          value={way.relayUrl}
          onChange={(event) => way.setRelayUrl(event.currentTarget.value)}
          inputMode="url"
        />
      ) : null}
      {way.error ? (
        <p role="alert" className={classes.problem}>
          {errorText(way.error)}
        </p>
      ) : null}
      <Button type="submit" disabled={!way.isReady} loading={way.isPending}>
        {t(way.isKit ? 'recovery.do' : 'welcome.joinDo')}
      </Button>
    </form>
  )
}
