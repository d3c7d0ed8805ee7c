import { Button, Checkbox, Popover, Select, TextInput } from '@mantine/core'
import { IconCheck, IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsentView } from '../../../ipc/bindings/ConsentView'
import { RelativeTime } from '../../../kit/RelativeTime'
import { aboutContact } from '../model/edits'
import { purposes } from '../model/fields'
import { useAsk } from '../model/useAsk'
import classes from './Facts.module.css'

const channels = ['any', 'phone', 'email', 'sms', 'zalo'] as const

type Props = { id: string; consents: readonly ConsentView[] }

/** The latest word on each purpose and channel; the list comes newest first. */
export function latestConsents(consents: readonly ConsentView[]): ConsentView[] {
  const seen = new Set<string>()
  return consents.filter(({ purpose, channel }) => {
    const key = `${purpose} ${channel}`
    return seen.has(key) ? false : seen.add(key)
  })
}

/** What a person agreed to, by which channel, on what evidence. */
export function Consents({ id, consents }: Props) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      {latestConsents(consents).map((consent) => (
        <div key={`${consent.purpose} ${consent.channel}`} className={classes.consent}>
          {consent.isGranted ? <IconCheck size={15} className={classes.granted} aria-hidden /> : <IconX size={15} className={classes.withdrawn} aria-hidden />}
          <span>
            {t(`fields.purpose.${consent.purpose}`, { defaultValue: consent.purpose })} ·{' '}
            {t(`fields.channelName.${consent.channel}`, { defaultValue: consent.channel })}
            <span className={classes.consentSub}>
              {t(consent.isGranted ? 'person.granted' : 'person.withdrawn')} · <RelativeTime atMs={consent.atMs} />
              {consent.evidence ? ` · ${consent.evidence}` : null}
            </span>
          </span>
        </div>
      ))}
      <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={280} trapFocus returnFocus>
        <Popover.Target>
          <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconPlus size={13} />} onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
            {t('person.noteConsent')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>{isOpen ? <ConsentForm id={id} onClose={() => setOpen(false)} /> : null}</Popover.Dropdown>
      </Popover>
    </>
  )
}

function ConsentForm({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [purpose, setPurpose] = useState<string>('care')
  const [channel, setChannel] = useState<string>('any')
  const [isGranted, setGranted] = useState(true)
  const [evidence, setEvidence] = useState('')
  const select = (label: string, prefix: string, values: readonly string[], value: string, onChange: (value: string) => void) => (
    <Select
      label={label}
      data={values.map((each) => ({ value: each, label: t(`fields.${prefix}.${each}`) }))}
      value={value}
      allowDeselect={false}
      comboboxProps={{ withinPortal: false }}
      onChange={(next) => next && onChange(next)}
    />
  )
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        onClose()
        void ask([aboutContact(id, { do: 'setConsent', purpose, channel, isGranted, evidence: evidence.trim() })], t('person.consentNoted'))
      }}
    >
      {select(t('person.purpose'), 'purpose', purposes, purpose, setPurpose)}
      {select(t('person.channel'), 'channelName', channels, channel, setChannel)}
      <Checkbox label={t('person.isGranted')} checked={isGranted} onChange={(event) => setGranted(event.currentTarget.checked)} />
      <TextInput label={t('person.evidence')} placeholder={t('person.evidenceHint')} value={evidence} onChange={(event) => setEvidence(event.currentTarget.value)} />
      <Button type="submit">{t('kit.save')}</Button>
    </form>
  )
}
