import { Button, Checkbox, CopyButton, Radio, Stack } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { InviteView } from '../../ipc/bindings/InviteView'
import { useDo } from '../../ipc/useCall'
import { useDefinitions } from '../../ipc/useDefinitions'
import { useErrorText } from '../../ipc/useErrorText'
import { QrCode } from '../../kit/QrCode'
import { RelativeTime } from '../../kit/RelativeTime'
import { useFocusBack } from '../../kit/useFocusBack'
import { SidePanel } from '../../kit/SidePanel'
import classes from './Sync.module.css'

const roles = ['staff', 'teacher', 'viewer', 'manager'] as const

type Props = { onClose: () => void }

/** Makes an invite for one device and shows it once. */
export function InvitePanel({ onClose }: Props) {
  const { t } = useTranslation()
  const make = useDo('invite.make')
  useFocusBack()
  return (
    <SidePanel title={t('sync.invite')} onClose={onClose}>
      {make.data ? <InviteShown invite={make.data} /> : <InviteForm make={make} />}
    </SidePanel>
  )
}

type FormProps = { make: ReturnType<typeof useDo<'invite.make'>> }

function InviteForm({ make }: FormProps) {
  const { t } = useTranslation()
  const { branches } = useDefinitions()
  const errorText = useErrorText()
  const [role, setRole] = useState<string>('staff')
  const [chosen, setChosen] = useState<string[]>(branches.length === 1 ? branches.map((branch) => branch.id) : [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (chosen.length > 0) make.mutate({ role, branches: chosen })
  }
  return (
    <form onSubmit={submit} className={classes.inviteForm}>
      <Radio.Group label={t('sync.role')} value={role} onChange={setRole}>
        <Stack gap={10} mt={4}>
          {roles.map((each) => (
            <Radio key={each} value={each} label={t(`roles.${each}`)} description={t(`roles.can.${each}`)} size="xs" autoFocus={each === role} />
          ))}
        </Stack>
      </Radio.Group>
      <Checkbox.Group label={t('sync.branchesHeld')} description={chosen.length === 0 ? t('sync.chooseBranch') : undefined} value={chosen} onChange={setChosen}>
        <Stack gap={8} mt={4}>
          {branches.map((branch) => (
            <Checkbox key={branch.id} value={branch.id} label={branch.name} />
          ))}
        </Stack>
      </Checkbox.Group>
      {make.isError ? (
        <p role="alert" className={classes.problem}>
          {errorText(make.error)}
        </p>
      ) : null}
      <Button type="submit" disabled={chosen.length === 0} loading={make.isPending}>
        {t('sync.makeInvite')}
      </Button>
    </form>
  )
}

type ShownProps = { invite: InviteView }

function InviteShown({ invite }: ShownProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.inviteForm}>
      <p className={classes.requestHow}>{t('sync.inviteHow')}</p>
      <QrCode svg={invite.qrSvg} label={t('sync.qr')} size={220} />
      <div className={classes.code}>{invite.text}</div>
      <CopyButton value={invite.text}>
        {({ copied, copy }) => (
          <Button variant="default" autoFocus onClick={copy} leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}>
            {copied ? t('sync.copied') : t('sync.copy')}
          </Button>
        )}
      </CopyButton>
      <p className={classes.requestHow}>
        {t('sync.ends')} <RelativeTime atMs={invite.expiresAtMs} />. {t('sync.onlyOnce')}
      </p>
    </div>
  )
}
