import { ActionIcon, Button, Popover } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '../../../ipc/bindings/TimelineEntry'
import { undoAction } from '../../../ipc/undo'
import type { Fields } from '../model/useFields'
import classes from './Entry.module.css'

type Props = { entry: TimelineEntry; fields: Fields }

/** What an undo of the entry reaches, which is more than this person when it changed many. */
function reachOf({ cause, kind }: TimelineEntry): 'import' | 'created' | 'change' {
  return cause === 'import' ? 'import' : kind === 'created' ? 'created' : 'change'
}

/** Takes back the action behind a change, after saying how far that reaches; nothing where several actions stand in one line. */
export function UndoEntry({ entry, fields }: Props) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const { action } = entry
  if (!action) return null
  const reach = reachOf(entry)
  const names = [...new Set(entry.changes.map((change) => fields.field(change.field).label))].join(', ')
  const message = reach === 'import' ? t('fields.cause.import') : (reach === 'change' && names) || t(`fields.interaction.${entry.kind}`)
  return (
    <Popover opened={isAsking} onChange={setAsking} position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon size={24} aria-label={t('person.undoEntry')} aria-expanded={isAsking} onClick={() => setAsking(!isAsking)}>
          <IconArrowBackUp size={14} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('person.undoEntry')}>
        <p className={classes.question}>{t(`person.undoReach.${reach}`)}</p>
        <div className={classes.answers}>
          <Button variant="default" size="compact-md" onClick={() => setAsking(false)}>
            {t('kit.cancel')}
          </Button>
          <Button
            size="compact-md"
            data-autofocus
            onClick={() => {
              setAsking(false)
              void undoAction({ actionId: action, message })
            }}
          >
            {t('kit.undo')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
