import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ChoiceEditor } from '../../../kit/field/ChoiceEditor'
import { TextEditor } from '../../../kit/field/TextEditor'
import type { Field, FieldType } from '../model/fields'
import { readTyped, valueText } from '../model/values'
import classes from './cells.module.css'

type Props = {
  field: Field
  /** Stored form. */
  value: string
  onSave: (value: string | null) => void
  /** The editor is done; `move` says to which cell the hands go on. */
  onDone: (move: -1 | 0 | 1) => void
}

const isChosen = new Set<FieldType>(['choice', 'branch', 'staff', 'suggest'])

function textKind(field: Field): 'date' | 'phone' | 'email' | 'text' {
  if (field.type === 'date') return 'date'
  return field.key === 'phone' || field.key === 'email' ? field.key : 'text'
}

/** A cell being edited: Enter saves, Tab saves and goes on, Esc leaves it as it was. */
export function CellEditor({ field, value, onSave, onDone }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [draft, setDraft] = useState(valueText(field, value))
  const [problem, setProblem] = useState<string | null>(null)
  const isOver = useRef(false)
  const finish = (move: -1 | 0 | 1) => {
    isOver.current = true
    onDone(move)
  }
  const save = (text: string, move: -1 | 0 | 1) => {
    if (isOver.current) return
    const read = readTyped(field, text)
    if (read === undefined) return setProblem(t(field.type === 'date' ? 'kit.badDate' : 'people.badValue'))
    if ((read ?? '') !== value) onSave(read)
    finish(move)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') {
      event.preventDefault()
      const move = event.shiftKey ? -1 : 1
      if (isChosen.has(field.type)) finish(move)
      else save(draft, move)
    }
    // The list must not walk while a cell is edited.
    event.stopPropagation()
  }
  const shared = {
    labelId: `${id}-label`,
    draft: isChosen.has(field.type) ? value : draft,
    problem,
    onType: (text: string) => {
      setDraft(text)
      setProblem(null)
    },
    onCancel: () => finish(0),
    onSave: (text: string) => save(text, 0),
  }
  return (
    <div className={classes.editor} role="presentation" onClick={(event) => event.stopPropagation()} onKeyDown={onKeyDown}>
      <span id={`${id}-label`} className="q-visually-hidden">
        {field.label}
      </span>
      {isChosen.has(field.type) ? (
        <ChoiceEditor {...shared} choices={field.choices} isFree={field.type === 'suggest'} />
      ) : (
        <TextEditor {...shared} kind={textKind(field)} />
      )}
    </div>
  )
}
