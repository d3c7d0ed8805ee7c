import { Loader } from '@mantine/core'
import { IconAlertCircle, IconCheck, IconGitMerge } from '@tabler/icons-react'
import { useCallback, useId, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatIsoDate, parseDate } from '../../lib/dates'
import { formatPhone } from '../../lib/vietnamese'
import { ChoiceEditor } from './ChoiceEditor'
import classes from './InlineField.module.css'
import { TextEditor } from './TextEditor'
import { useInlineEdit } from './useInlineEdit'

/** One of the values of a choice. */
export type Choice = { value: string; label: string; hint?: string }

export type InlineFieldProps = {
  label: string
  /** In its saved form: ISO dates, E.164 phones, the value of a choice. Empty when there is none. */
  value: string
  kind: 'text' | 'longText' | 'phone' | 'email' | 'date' | 'choice'
  /** For `choice`. */
  choices?: readonly Choice[]
  /** For `choice`: whether anything else may be typed. */
  isFree?: boolean
  /** Saves; an empty text clears. A throw is shown beside the field. */
  onSave: (value: string) => Promise<unknown>
  errorText: (thrown: unknown) => string
  /** What keeps an unsaved draft apart from others. */
  draftKey?: string
  /** How the value is shown at rest. */
  display?: ReactNode
  /** Devices disagree on it. */
  isConflicted?: boolean
  isReadOnly?: boolean
  /** Buttons at the end of the line: call, copy. */
  after?: ReactNode
  placeholder?: string
  /** What is said below while something else than the value stands in the editor. */
  whileTyping?: (text: string) => ReactNode
}

function shownText({ kind, value, choices }: InlineFieldProps, current: string): string {
  const text = current || value
  if (kind === 'date') return formatIsoDate(current)
  if (kind === 'phone') return formatPhone(current)
  if (kind === 'choice') return choices?.find((choice) => choice.value === current)?.label ?? current
  return current === '' ? '' : text
}

/** A fact that is edited where it stands: click or Enter edits, Tab saves and moves on, Esc lets it be. */
export function InlineField(props: InlineFieldProps) {
  const { label, value, kind, errorText, draftKey, onSave, isReadOnly } = props
  const { t } = useTranslation()
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const check = useCallback(
    (text: string) => {
      const typed = text.trim()
      if (kind !== 'date' || typed === '') return { value: typed }
      const iso = parseDate(typed)
      return iso ? { value: iso } : { problem: t('kit.badDate') }
    },
    [kind, t],
  )
  const edit = useInlineEdit({ value, onSave, check, draftKey, errorText })
  const isOpen = edit.state === 'editing' || edit.state === 'failed'
  const rest = () => window.setTimeout(() => button.current?.focus(), 0)
  /** As the editor begins. */
  const first = kind === 'date' ? formatIsoDate(value) : kind === 'phone' ? formatPhone(value) : value
  const shown = props.display && edit.shown === value ? props.display : shownText(props, edit.shown)
  const editorProps = {
    labelId: `${id}-label`,
    draft: edit.draft,
    problem: edit.problem,
    onType: edit.type,
    onCancel: () => {
      edit.cancel()
      rest()
    },
    onSave: (text: string, stay: boolean) => void edit.save(text).then((isSaved) => isSaved && stay && rest()),
    placeholder: props.placeholder,
  }
  return (
    <div className={classes.field} data-open={isOpen || undefined}>
      <span id={`${id}-label`} className={classes.label}>
        {label}
      </span>
      <div className={classes.value}>
        {isOpen && kind === 'choice' ? (
          <ChoiceEditor {...editorProps} choices={props.choices ?? []} isFree={props.isFree ?? false} />
        ) : isOpen ? (
          <TextEditor {...editorProps} kind={kind === 'choice' ? 'text' : kind} />
        ) : isReadOnly ? (
          <span className={classes.still}>{shown || '—'}</span>
        ) : (
          <button
            ref={button}
            type="button"
            className={classes.rest}
            aria-labelledby={`${id}-label ${id}-value`}
            onClick={() => edit.begin(first)}
          >
            <span id={`${id}-value`} className={shown ? undefined : classes.missing}>
              {shown || t('kit.addValue')}
            </span>
          </button>
        )}
        <span className={classes.mark} aria-live="polite">
          {edit.state === 'saving' ? <Loader size={14} aria-label={t('kit.saving')} /> : null}
          {edit.state === 'saved' ? <IconCheck size={14} className={classes.ok} aria-label={t('kit.saved')} /> : null}
          {edit.state === 'failed' ? <IconAlertCircle size={14} className={classes.bad} aria-label={t('kit.notSaved')} /> : null}
          {props.isConflicted && !isOpen ? <IconGitMerge size={14} className={classes.warn} aria-label={t('kit.conflicted')} /> : null}
        </span>
        {isOpen ? null : props.after}
      </div>
      {isOpen && edit.draft !== first ? <div className={classes.below}>{props.whileTyping?.(edit.draft)}</div> : null}
      {edit.problem && !isOpen ? <div className={classes.problem}>{edit.problem}</div> : null}
    </div>
  )
}
