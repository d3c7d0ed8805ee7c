import { ActionIcon, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommentView } from '../../../ipc/bindings/CommentView'
import type { Subject } from '../../../ipc/bindings/Subject'
import { useSession } from '../../../ipc/useSession'
import { Avatar } from '../../../kit/Avatar'
import { RelativeTime } from '../../../kit/RelativeTime'
import { Chip } from '../../../kit/StatusDot'
import { aboutComment } from '../model/edits'
import { newId } from '../model/newId'
import { useAsk } from '../model/useAsk'
import type { Fields } from '../model/useFields'
import { mentionsIn } from '../person/personEdits'
import classes from './Comments.module.css'
import { MentionPopover } from './MentionPopover'
import { useMentionTyping, type Colleague } from './mentionTyping'
import { useColleagues } from './useColleagues'

type Props = {
  contact: string
  about: Subject
  comments: readonly CommentView[]
  fields: Fields
  isReplying: boolean
  onReplying: (isReplying: boolean) => void
}

/** Remarks of colleagues about one thing; `@` calls one by name. */
export function Comments({ contact, about, comments, fields, isReplying, onReplying }: Props) {
  const { t } = useTranslation()
  const ask = useAsk()
  const staff = useColleagues(fields)
  const me = useSession()?.staff
  const send = async (body: string) => {
    const edit = { do: 'write' as const, body, mentions: mentionsIn(body, staff) }
    if (await ask([aboutComment(contact, about, newId(), edit)], t('person.commented'), { isQuiet: true })) onReplying(false)
  }
  const remove = (id: string) => void ask([aboutComment(contact, about, id, { do: 'delete' })], t('person.commentRemoved'))
  return (
    <div className={classes.comments}>
      {comments.map((comment) => (
        <div key={comment.id} className={classes.comment}>
          <Avatar name={comment.staff?.name ?? '?'} seed={comment.staff?.id} size={20} />
          <div className={classes.words}>
            <span className={classes.who}>{comment.staff?.name ?? t('fields.unknownStaff')}</span>
            <span className={classes.quiet}>
              <RelativeTime atMs={comment.atMs} />
            </span>
            {comment.isLate ? (
              <span className={classes.lateMark} title={t('person.lateComment')}>
                <Chip tone="info">{t('person.late')}</Chip>
              </span>
            ) : null}
            <div className={classes.body}>{comment.body}</div>
          </div>
          {comment.staff && comment.staff.id === me ? (
            <ActionIcon size={24} className={classes.remove} aria-label={t('person.removeComment')} onClick={() => remove(comment.id)}>
              <IconTrash size={13} stroke={1.6} />
            </ActionIcon>
          ) : null}
        </div>
      ))}
      {isReplying ? <CommentField staff={staff} onSend={(body) => void send(body)} onCancel={() => onReplying(false)} /> : null}
    </div>
  )
}

type FieldProps = { staff: readonly Colleague[]; onSend: (body: string) => void; onCancel: () => void }

function CommentField({ staff, onSend, onCancel }: FieldProps) {
  const { t } = useTranslation()
  const [body, setBody] = useState('')
  const typing = useMentionTyping(body, setBody, staff)
  return (
    <MentionPopover typing={typing}>
      <TextInput
        autoFocus
        aria-label={t('person.comment')}
        placeholder={t('person.commentHint')}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || typing.onKeyDown(event)) return
          if (event.key === 'Enter') {
            event.preventDefault()
            if (body.trim()) onSend(body.trim())
          } else if (event.key === 'Escape') {
            event.stopPropagation()
            onCancel()
          }
        }}
      />
    </MentionPopover>
  )
}
