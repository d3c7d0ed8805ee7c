import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconArrowLeft, IconPlus, IconX } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useDo, useForgetAnswers } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import classes from './Welcome.module.css'

type Props = { onBack: () => void }

/** Founds a centre on this device. */
export function CreateForm({ onBack }: Props) {
  const { t } = useTranslation()
  const create = useDo('workspace.create')
  const forget = useForgetAnswers()
  const errorText = useErrorText()
  const [centre, setCentre] = useState('')
  const [owner, setOwner] = useState('')
  const [deviceName, setDeviceName] = useState('')
  const [branches, setBranches] = useState<string[]>([''])
  const [relayUrl, setRelayUrl] = useState('')
  const named = branches.map((branch) => branch.trim()).filter(Boolean)
  const isReady = centre.trim() !== '' && owner.trim() !== '' && named.length > 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isReady) return
    create.mutate(
      {
        centre: centre.trim(),
        owner: owner.trim(),
        deviceName: deviceName.trim() || t('welcome.deviceNameDefault', { branch: named[0] }),
        branches: named,
        relayUrl: relayUrl.trim() || null,
      },
      { onSuccess: () => void forget() },
    )
  }
  const setBranch = (index: number, name: string) => setBranches((all) => all.map((each, at) => (at === index ? name : each)))
  return (
    <form onSubmit={submit} className={classes.form}>
      <FormTitle title={t('welcome.create')} onBack={onBack} />
      <TextInput label={t('welcome.centre')} placeholder={t('welcome.centreHint')} value={centre} onChange={(event) => setCentre(event.currentTarget.value)} required autoFocus />
      <TextInput label={t('welcome.owner')} placeholder={t('welcome.ownerHint')} value={owner} onChange={(event) => setOwner(event.currentTarget.value)} required />
      <fieldset className={classes.branches}>
        <legend>{t('welcome.branches')}</legend>
        {branches.map((branch, index) => (
          <div key={index} className={classes.branch}>
            <TextInput
              aria-label={t('welcome.branchNumber', { number: index + 1 })}
              placeholder={index === 0 ? t('welcome.branchHint') : undefined}
              value={branch}
              onChange={(event) => setBranch(index, event.currentTarget.value)}
              autoFocus={index > 0}
            />
            {branches.length > 1 ? (
              <ActionIcon aria-label={t('welcome.removeBranch', { number: index + 1 })} onClick={() => setBranches((all) => all.filter((_, at) => at !== index))}>
                <IconX size={15} />
              </ActionIcon>
            ) : null}
          </div>
        ))}
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setBranches((all) => [...all, ''])}>
          {t('welcome.addBranch')}
        </Button>
      </fieldset>
      <TextInput
        label={t('welcome.deviceName')}
        placeholder={t('welcome.deviceNameHint')}
        value={deviceName}
        onChange={(event) => setDeviceName(event.currentTarget.value)}
      />
      <TextInput
        label={t('welcome.relay')}
        description={t('welcome.relayBody')}
        placeholder="https://relay.trungtam.vn"
        value={relayUrl}
        onChange={(event) => setRelayUrl(event.currentTarget.value)}
        inputMode="url"
      />
      {create.isError ? (
        <p role="alert" className={classes.problem}>
          {errorText(create.error)}
        </p>
      ) : null}
      <Button type="submit" disabled={!isReady} loading={create.isPending}>
        {t('welcome.createDo')}
      </Button>
    </form>
  )
}

type TitleProps = { title: string; onBack: () => void }

/** The title of a form with the way back. */
export function FormTitle({ title, onBack }: TitleProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.formTitle}>
      <ActionIcon aria-label={t('welcome.back')} onClick={onBack}>
        <IconArrowLeft size={17} />
      </ActionIcon>
      <h2 className={classes.title}>{title}</h2>
    </div>
  )
}
