import { Button, Chip, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import type { Edit } from '../../../ipc/bindings/Edit'
import { dropDraft, keepDraft, readDraft } from '../../../kit/field/draft'
import { Keys } from '../../../kit/Kbd'
import { MentionPopover } from '../comment/MentionPopover'
import { useMentionTyping } from '../comment/mentionTyping'
import { useColleagues } from '../comment/useColleagues'
import { aboutComment, aboutInteraction } from '../model/edits'
import { newId } from '../model/newId'
import { useAsk } from '../model/useAsk'
import type { Fields } from '../model/useFields'
import { mentionsIn } from '../person/personEdits'
import { callOutcomes, otherOutcomes } from '../task/steps'
import classes from './Composer.module.css'
import { talkKinds } from './entryKinds'
import { KindTabs } from './KindTabs'
import { readWhen } from './when'

type Props = { page: ContactPage; fields: Fields; field: RefObject<HTMLTextAreaElement | null>; onLogCall: () => void }

/** Writes down what happened: the words, how it went, and when if not now; or a remark for colleagues. */
export function Composer({ page, fields, field, onLogCall }: Props) {
  const { t } = useTranslation()
  const ask = useAsk()
  const draftKey = `${page.row.id}.compose`
  const [kind, setKind] = useState<string>('note')
  const [body, setBody] = useState(readDraft(draftKey) ?? '')
  const [outcome, setOutcome] = useState<string | null>(null)
  const [direction, setDirection] = useState<string>('out')
  const [when, setWhen] = useState<string | null>(null)
  const isTalk = talkKinds.has(kind)
  const canSave = body.trim() !== '' || (isTalk && outcome !== null)
  const write = (text: string) => {
    setBody(text)
    keepDraft(draftKey, text)
  }
  const isComment = kind === 'comment'
  const staff = useColleagues(fields)
  const typing = useMentionTyping(isComment ? body : '', write, staff)
  const wish = (): Edit => {
    const id = page.row.id
    const words = body.trim()
    if (isComment) return aboutComment(id, { is: 'person' }, newId(), { do: 'write', body: words, mentions: mentionsIn(words, staff) })
    const happenedAtMs = when === null ? null : readWhen(when, Date.now())
    return aboutInteraction(id, newId(), { do: 'record', kind, happenedAtMs, direction: isTalk ? direction : null, outcome: isTalk ? outcome : null, body: words })
  }
  const save = async () => {
    if (!canSave) return
    const message = t('person.written', { what: t(`fields.interaction.${kind}`) })
    if (!(await ask([wish()], message))) return
    setBody('')
    setOutcome(null)
    setWhen(null)
    dropDraft(draftKey)
  }
  return (
    <div className={classes.composer} role="group" aria-label={t('person.compose')}>
      <KindTabs kind={kind} onChoose={setKind} />
      <MentionPopover typing={typing}>
      <Textarea
        ref={field}
        aria-label={t(`fields.interaction.${kind}`)}
        placeholder={t(isComment ? 'person.commentHint' : kind === 'note' ? 'person.noteHint' : 'person.talkHint')}
        autosize
        minRows={2}
        maxRows={10}
        value={body}
        classNames={{ input: classes.words }}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || typing.onKeyDown(event)) return
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            void save()
          } else if (event.key === 'Escape') {
            event.stopPropagation()
            event.currentTarget.blur()
          }
        }}
      />
      </MentionPopover>
      {isTalk ? (
        <div className={classes.talk}>
          <SegmentedControl
            aria-label={t('person.direction')}
            value={direction}
            onChange={setDirection}
            data={['out', 'in'].map((value) => ({ value, label: t(`fields.direction.${value}`) }))}
          />
          <Chip.Group value={outcome ?? ''} onChange={(value) => setOutcome(String(value))}>
            {(kind === 'call' ? callOutcomes : otherOutcomes).map((each) => (
              <Chip key={each} value={each} size="xs">
                {t(`fields.outcome.${each}`)}
              </Chip>
            ))}
          </Chip.Group>
        </div>
      ) : null}
      <div className={classes.foot}>
        {isComment ? null : when === null ? (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setWhen('')}>
            {t('person.atOtherTime')}
          </Button>
        ) : (
          <TextInput type="datetime-local" size="xs" aria-label={t('person.happenedAt')} value={when} onChange={(event) => setWhen(event.currentTarget.value)} />
        )}
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onLogCall} rightSection={<Keys shortcut="l" />}>
          {t('person.logCall')}
        </Button>
        <Button size="compact-md" className={classes.save} disabled={!canSave} onClick={() => void save()}>
          {t('kit.save')}
        </Button>
      </div>
    </div>
  )
}
