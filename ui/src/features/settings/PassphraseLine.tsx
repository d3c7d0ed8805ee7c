import { Button, Group, PasswordInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDo } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { SectionLine } from '../../kit/Section'
import { showToast } from '../../lib/toasts'

const CHARS_MIN = 8

type Props = { hasPassphrase: boolean }

/** The passphrase that opens this device, and how to change it. */
export function PassphraseLine({ hasPassphrase }: Props) {
  const { t } = useTranslation()
  const change = useDo('session.passphrase')
  const errorText = useErrorText()
  const [isOpen, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const [old, setOld] = useState('')
  const [next, setNext] = useState('')
  if (!hasPassphrase) return <SectionLine title={t('settings.passphrase')} detail={t('settings.passphraseKeyStore')} />
  const close = () => {
    setOpen(false)
    setOld('')
    setNext('')
    change.reset()
    // The form takes the focus with it.
    window.setTimeout(() => opener.current?.focus(), 0)
  }
  const save = () =>
    change.mutate(
      { old, new: next },
      {
        onSuccess: () => {
          close()
          showToast({ kind: 'done', message: t('settings.passphraseChanged') })
        },
      },
    )
  return (
    <SectionLine title={t('settings.passphrase')} detail={t('settings.passphraseBody')}>
      {isOpen ? (
        <form
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || change.isPending) return
            event.preventDefault()
            close()
          }}
          onSubmit={(event) => {
            event.preventDefault()
            if (old && next.length >= CHARS_MIN) save()
          }}
        >
          <PasswordInput
            label={t('settings.passphraseOld')}
            value={old}
            autoFocus
            w={260}
            error={change.isError ? errorText(change.error) : null}
            onChange={(event) => setOld(event.currentTarget.value)}
          />
          <PasswordInput label={t('settings.passphraseNew')} value={next} w={260} mt={8} onChange={(event) => setNext(event.currentTarget.value)} />
          <Group gap={6} mt={8} mb={4} justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" loading={change.isPending} disabled={!old || next.length < CHARS_MIN}>
              {t('kit.save')}
            </Button>
          </Group>
        </form>
      ) : (
        <Button ref={opener} variant="default" onClick={() => setOpen(true)}>
          {t('settings.passphraseChange')}
        </Button>
      )}
    </SectionLine>
  )
}
