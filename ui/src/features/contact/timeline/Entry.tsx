import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconMessage, IconPinFilled, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConflictView } from '../../../ipc/bindings/ConflictView'
import type { InteractionEdit } from '../../../ipc/bindings/InteractionEdit'
import type { TimelineEntry } from '../../../ipc/bindings/TimelineEntry'
import { RelativeTime } from '../../../kit/RelativeTime'
import { Chip } from '../../../kit/StatusDot'
import { TimelineItem } from '../../../kit/Timeline'
import { formatDateTime } from '../../../lib/dates'
import { Comments } from '../comment/Comments'
import { aboutComment, aboutInteraction } from '../model/edits'
import { useAsk } from '../model/useAsk'
import type { Fields } from '../model/useFields'
import { ConflictMark } from '../person/ConflictMark'
import { ChangeList, ChangeWords, namesOf } from './ChangeWords'
import classes from './Entry.module.css'
import { EntryEditor } from './EntryEditor'
import { entryIcon, entryTone } from './entryKinds'
import { UndoEntry } from './UndoEntry'

type Props = {
  contact: string
  entry: TimelineEntry
  fields: Fields
  /** Devices wrote its text differently. */
  conflict?: ConflictView | undefined
}

/** One thing that happened with a person. */
export function Entry({ contact, entry, fields, conflict }: Props) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [isEditing, setEditing] = useState(false)
  const [isReplying, setReplying] = useState(false)
  const [isOpen, setOpen] = useState(false)
  const { interaction, comment, kind } = entry
  const KindIcon = entryIcon(kind)
  const isMinor = kind === 'change' || kind === 'created'
  const word = t(`fields.interaction.${kind}`, { defaultValue: kind })
  const reach = entry.cause === 'import' ? 'import' : kind === 'created' ? 'created' : 'change'
  const takenBack = reach === 'import' ? t('fields.cause.import') : (reach === 'change' && namesOf(entry.changes, fields)) || word
  const act = (edit: InteractionEdit, message: string) => {
    if (interaction) void ask([aboutInteraction(contact, interaction, edit)], message)
  }
  const title = (
    <span className={isMinor ? undefined : classes.title}>
      {entry.staff ? <span className={classes.who}>{entry.staff.name}</span> : null}{' '}
      {kind === 'change' ? <ChangeWords entry={entry} fields={fields} isOpen={isOpen} onOpen={setOpen} /> : <span>{word}</span>}{' '}
      {entry.cause && entry.cause !== 'person' ? <span className={classes.quiet}>{t(`fields.cause.${entry.cause}`, { defaultValue: entry.cause })}</span> : null}{' '}
      {entry.direction === 'in' ? <span className={classes.quiet}>{t('fields.direction.in')}</span> : null}
      {entry.outcome ? <Chip tone="accent">{t(`fields.outcome.${entry.outcome}`, { defaultValue: entry.outcome })}</Chip> : null}
    </span>
  )
  const meta = (
    <>
      {entry.isPinned ? <IconPinFilled size={12} aria-label={t('person.pinned')} /> : null}
      {conflict ? <ConflictMark conflict={conflict} fields={fields} /> : null}
      <RelativeTime atMs={entry.happenedAtMs} />
      {entry.isLate ? (
        <span title={t('person.lateFrom', { device: entry.device?.name ?? '', at: formatDateTime(entry.recordedAtMs) })}>
          <Chip tone="info">{t('person.late')}</Chip>
        </span>
      ) : null}
    </>
  )
  const actions = interaction ? (
    <>
      <ActionIcon size={24} aria-label={t('person.comment')} onClick={() => setReplying(true)}>
        <IconMessage size={14} stroke={1.6} />
      </ActionIcon>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={24} aria-label={t('person.entryMenu')}>
            <IconDots size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => act({ do: 'pin', isPinned: !entry.isPinned }, t(entry.isPinned ? 'person.unpinnedDone' : 'person.pinnedDone'))}>
            {t(entry.isPinned ? 'person.unpin' : 'person.pin')}
          </Menu.Item>
          <Menu.Item onClick={() => setEditing(true)}>{t('person.correct')}</Menu.Item>
          <Menu.Item color="red" onClick={() => act({ do: 'delete' }, t('person.entryRemoved', { what: word }))}>
            {t('person.removeEntry')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  ) : comment ? (
    <ActionIcon size={24} aria-label={t('person.removeComment')} onClick={() => void ask([aboutComment(contact, { is: 'person' }, comment, { do: 'delete' })], t('person.commentRemoved'))}>
      <IconTrash size={14} stroke={1.6} />
    </ActionIcon>
  ) : isMinor && entry.action ? (
    <UndoEntry action={entry.action} reach={reach} message={takenBack} label={t('person.undoEntry')} />
  ) : undefined
  return (
    <TimelineItem icon={<KindIcon size={15} stroke={1.7} />} tone={entryTone(kind)} title={title} meta={meta} actions={actions} isQuiet={isMinor}>
      {isEditing ? (
        <EntryEditor
          entry={entry}
          onCancel={() => setEditing(false)}
          onSave={(correction) => {
            setEditing(false)
            act({ do: 'correct', ...correction }, t('person.corrected', { what: word }))
          }}
        />
      ) : entry.body ? (
        <div className={classes.body}>{entry.body}</div>
      ) : null}
      {kind === 'change' && isOpen ? <ChangeList entry={entry} fields={fields} reach={reach} /> : null}
      {interaction && (entry.comments.length > 0 || isReplying) ? (
        <Comments contact={contact} about={{ is: 'interaction', id: interaction }} comments={entry.comments} fields={fields} isReplying={isReplying} onReplying={setReplying} />
      ) : null}
    </TimelineItem>
  )
}
