import { Button, Group, Textarea, TextInput } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '../../../ipc/bindings/TimelineEntry'
import { localMinute, readWhen } from './when'

/** What was corrected; missing parts stay. */
export type Correction = { body: string; outcome: string | null; happenedAtMs: number | null }

type Props = { entry: TimelineEntry; onSave: (correction: Correction) => void; onCancel: () => void }

/** Corrects the words of an entry and when it happened. */
export function EntryEditor({ entry, onSave, onCancel }: Props) {
  const { t } = useTranslation()
  const [body, setBody] = useState(entry.body)
  const before = localMinute(entry.happenedAtMs)
  const [when, setWhen] = useState(before)
  const moved = when === before ? null : readWhen(when, Date.now())
  const isWrong = when !== before && moved === null
  const save = () => {
    if (!isWrong) onSave({ body: body.trim(), outcome: entry.outcome, happenedAtMs: moved })
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
      <Textarea aria-label={t('person.correct')} autoFocus autosize minRows={2} value={body} onChange={(event) => setBody(event.currentTarget.value)} />
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
        <Button size="compact-md" disabled={isWrong} onClick={save}>
          {t('kit.save')}
        </Button>
        <Button size="compact-md" variant="subtle" color="gray" onClick={onCancel}>
          {t('kit.cancel')}
        </Button>
      </Group>
    </div>
  )
}
