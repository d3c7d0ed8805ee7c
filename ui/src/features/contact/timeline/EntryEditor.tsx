import { Button, Group, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '../../../ipc/bindings/TimelineEntry'

type Props = { entry: TimelineEntry; onSave: (body: string, outcome: string | null) => void; onCancel: () => void }

/** Corrects the words of an entry. */
export function EntryEditor({ entry, onSave, onCancel }: Props) {
  const { t } = useTranslation()
  const [body, setBody] = useState(entry.body)
  const save = () => onSave(body.trim(), entry.outcome)
  return (
    <div>
      <Textarea
        aria-label={t('person.correct')}
        autoFocus
        autosize
        minRows={2}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
          if (event.key === 'Escape') {
            event.stopPropagation()
            onCancel()
          }
        }}
      />
      <Group gap={6} mt={6}>
        <Button size="compact-sm" onClick={save}>
          {t('kit.save')}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onCancel}>
          {t('kit.cancel')}
        </Button>
      </Group>
    </div>
  )
}
