import { Button, Chip, Group, Textarea, TextInput } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '../../../ipc/bindings/TimelineEntry'
import { callOutcomes, otherOutcomes } from '../task/steps'
import { talkKinds } from './entryKinds'
import { localMinute, readWhen } from './when'

/** What was corrected; null stays as it is, an empty outcome takes it away. */
export type Correction = { body: string; outcome: string | null; happenedAtMs: number | null }

type Props = { entry: TimelineEntry; onSave: (correction: Correction) => void; onCancel: () => void }

/** Corrects the words of an entry and when it happened. */
export function EntryEditor({ entry, onSave, onCancel }: Props) {
  const { t } = useTranslation()
  const [body, setBody] = useState(entry.body)
  const [outcome, setOutcome] = useState(entry.outcome ?? '')
  const before = localMinute(entry.happenedAtMs)
  const [when, setWhen] = useState(before)
  const usual: readonly string[] = entry.kind === 'call' ? callOutcomes : otherOutcomes
  const offered = entry.outcome && !usual.includes(entry.outcome) ? [entry.outcome, ...usual] : usual
  const moved = when === before ? null : readWhen(when, Date.now())
  const isWrong = when !== before && moved === null
  // A note says something; a call is something without a word.
  const isBare = entry.kind === 'note' && body.trim() === '' && entry.body !== ''
  const save = () => {
    if (!isWrong && !isBare) onSave({ body: body.trim(), outcome: outcome === (entry.outcome ?? '') ? null : outcome, happenedAtMs: moved })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
    if (event.key === 'Escape') {
      event.stopPropagation()
      onCancel()
    }
  }
  return (
    <div onKeyDown={onKeyDown}>
      <Textarea aria-label={t('person.correct')} autoFocus autosize minRows={2} value={body} error={isBare ? t('errors.required') : null} onChange={(event) => setBody(event.currentTarget.value)} />
      {talkKinds.has(entry.kind) ? (
        <Group gap={6} mt={6} role="group" aria-label={t('person.outcome')}>
          {offered.map((each) => (
            <Chip key={each} size="xs" checked={each === outcome} onChange={() => setOutcome(each === outcome ? '' : each)}>
              {t(`fields.outcome.${each}`, { defaultValue: each })}
            </Chip>
          ))}
        </Group>
      ) : null}
      <Group gap={6} mt={6} align="flex-start">
        <TextInput
          type="datetime-local"
          size="xs"
          aria-label={t('person.happenedAt')}
          value={when}
          max={localMinute(Date.now())}
          error={isWrong ? t('person.whenWrong') : null}
          onChange={(event) => setWhen(event.currentTarget.value)}
        />
        <Button size="compact-md" disabled={isWrong || isBare} onClick={save}>
          {t('kit.save')}
        </Button>
        <Button size="compact-md" variant="subtle" color="gray" onClick={onCancel}>
          {t('kit.cancel')}
        </Button>
      </Group>
    </div>
  )
}
