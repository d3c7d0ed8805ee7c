import { useEffect, useRef } from 'react'
import { isTyping } from '../lib/shortcuts'
import classes from './DigitChoice.module.css'

type Choice<Id extends string> = { id: Id; label: string }
type Props<Id extends string> = {
  label: string
  choices: readonly Choice<Id>[]
  onChoose: (id: Id) => void
  onCancel: () => void
}

/** A question whose answers are one digit each; for what people do many times a day. */
export function DigitChoice<Id extends string>({ label, choices, onChoose, onCancel }: Props<Id>) {
  const latest = useRef({ choices, onChoose, onCancel })
  useEffect(() => {
    latest.current = { choices, onChoose, onCancel }
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      const now = latest.current
      if (event.key === 'Escape') {
        event.preventDefault()
        event.stopPropagation()
        now.onCancel()
        return
      }
      const chosen = isTyping(event.target) ? undefined : now.choices[Number(event.key) - 1]
      if (!chosen) return
      event.preventDefault()
      event.stopPropagation()
      now.onChoose(chosen.id)
    }
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
  return (
    <div role="group" aria-label={label} className={classes.group}>
      <span className={classes.label}>{label}</span>
      {choices.map((choice, index) => (
        <button key={choice.id} type="button" className={classes.choice} onClick={() => onChoose(choice.id)} aria-keyshortcuts={String(index + 1)}>
          <kbd className={classes.digit}>{index + 1}</kbd>
          {choice.label}
        </button>
      ))}
    </div>
  )
}
