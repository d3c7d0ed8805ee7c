import { Textarea, TextInput } from '@mantine/core'
import type { KeyboardEvent } from 'react'

export type EditorProps = {
  labelId: string
  draft: string
  problem: string | null
  onType: (text: string) => void
  onCancel: () => void
  /** Saves; with `stay` the focus goes back to the field, else it has already moved on. */
  onSave: (text: string, stay: boolean) => void
  placeholder?: string
}

type Props = EditorProps & { kind: 'text' | 'longText' | 'phone' | 'email' | 'date' }

const modes = { text: 'text', longText: 'text', phone: 'tel', email: 'email', date: 'numeric' } as const

/** Typing a value in place. */
export function TextEditor({ labelId, draft, problem, onType, onCancel, onSave, placeholder, kind }: Props) {
  const shared = {
    'aria-labelledby': labelId,
    autoFocus: true,
    value: draft,
    error: problem,
    size: 'sm',
    placeholder: placeholder ?? (kind === 'date' ? 'dd/MM/yyyy' : undefined),
    inputMode: modes[kind],
    autoComplete: 'off',
    spellCheck: kind === 'longText',
    onBlur: () => onSave(draft, false),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.nativeEvent.isComposing) return
      const isSave = event.key === 'Enter' && (kind !== 'longText' || event.ctrlKey || event.metaKey)
      if (event.key !== 'Escape' && !isSave) return
      event.preventDefault()
      event.stopPropagation()
      if (isSave) onSave(draft, true)
      else onCancel()
    },
  } as const
  if (kind === 'longText') {
    return <Textarea {...shared} autosize minRows={2} maxRows={8} onChange={(event) => onType(event.currentTarget.value)} />
  }
  return (
    <TextInput
      {...shared}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  )
}
