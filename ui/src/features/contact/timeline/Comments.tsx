import { Popover, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommentView } from '../../../ipc/bindings/CommentView'
import { Avatar } from '../../../kit/Avatar'
import { RelativeTime } from '../../../kit/RelativeTime'
import { Chip } from '../../../kit/StatusDot'
import { fold } from '../../../lib/vietnamese'
import { aboutInteraction } from '../model/edits'
import { newId } from '../model/newId'
import { useAsk } from '../model/useAsk'
import type { Fields } from '../model/useFields'
import { mentionBeingTyped, mentionsIn, withMention } from '../person/personEdits'
import classes from './Entry.module.css'

type Props = {
  contact: string
  interaction: string
  comments: readonly CommentView[]
  fields: Fields
  isReplying: boolean
  onReplying: (isReplying: boolean) => void
}

/** Remarks of colleagues under an entry; `@` calls one by name. */
export function Comments({ contact, interaction, comments, fields, isReplying, onReplying }: Props) {
  const { t } = useTranslation()
  const ask = useAsk()
  const staff = useMemo(() => (fields.definitions?.staff ?? []).filter((each) => each.isActive), [fields])
  const send = async (body: string) => {
    const edit = { do: 'comment' as const, comment: newId(), body, mentions: mentionsIn(body, staff) }
    if (await ask([aboutInteraction(contact, interaction, edit)], t('person.commented'), { isQuiet: true })) onReplying(false)
  }
  return (
    <div className={classes.comments}>
      {comments.map((comment) => (
        <div key={comment.id} className={classes.comment}>
          <Avatar name={comment.staff?.name ?? '?'} seed={comment.staff?.id} size={20} />
          <div>
            <span className={classes.who}>{comment.staff?.name ?? t('fields.unknownStaff')}</span>
            <span className={classes.quiet}>
              <RelativeTime atMs={comment.atMs} />
            </span>
            {comment.isLate ? (
              <span className={classes.lateMark} title={t('person.lateComment')}>
                <Chip tone="info">{t('person.late')}</Chip>
              </span>
            ) : null}
            <div>{comment.body}</div>
          </div>
        </div>
      ))}
      {isReplying ? <CommentField staff={staff} onSend={(body) => void send(body)} onCancel={() => onReplying(false)} /> : null}
    </div>
  )
}

type FieldProps = { staff: readonly { id: string; name: string }[]; onSend: (body: string) => void; onCancel: () => void }

function CommentField({ staff, onSend, onCancel }: FieldProps) {
  const { t } = useTranslation()
  const [body, setBody] = useState('')
  const [marked, setMarked] = useState(0)
  const typed = mentionBeingTyped(body)
  const offered = typed === null ? [] : staff.filter((each) => fold(each.name).includes(fold(typed))).slice(0, 6)
  const index = Math.min(marked, Math.max(0, offered.length - 1))
  const take = (at: number) => {
    const name = offered[at]?.name
    if (name) setBody(withMention(body, name))
    setMarked(0)
  }
  return (
    <Popover opened={offered.length > 0} position="bottom-start" trapFocus={false} width={220}>
      <Popover.Target>
        <TextInput
          autoFocus
          aria-label={t('person.comment')}
          placeholder={t('person.commentHint')}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
            if (step && offered.length > 0) {
              event.preventDefault()
              setMarked((index + step + offered.length) % offered.length)
            } else if (event.key === 'Enter' || (event.key === 'Tab' && offered.length > 0)) {
              event.preventDefault()
              if (offered.length > 0) take(index)
              else if (body.trim()) onSend(body.trim())
            } else if (event.key === 'Escape') {
              event.stopPropagation()
              onCancel()
            }
          }}
        />
      </Popover.Target>
      <Popover.Dropdown p={4} role="listbox" aria-label={t('person.mention')}>
        {offered.map((each, at) => (
          <div key={each.id} role="option" aria-selected={at === index} className={classes.mention} onMouseDown={(event) => event.preventDefault()} onClick={() => take(at)}>
            <Avatar name={each.name} seed={each.id} size={20} />
            {each.name}
          </div>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}
