import { IconCheck, IconPlus } from '@tabler/icons-react'
import { useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { fold } from '../lib/vietnamese'
import classes from './OptionPicker.module.css'

/** One of the things to pick from. */
export type PickOption = { value: string; label: string; icon?: ReactNode; hint?: string }

type Props = {
  label: string
  options: readonly PickOption[]
  onPick: (value: string) => void
  /** Marked as chosen. */
  chosen?: readonly string[]
  /** Makes a new one from what was typed. */
  onCreate?: (text: string) => void
  /** Told what is typed, when the options come from elsewhere and are filtered there. */
  onType?: (text: string) => void
  placeholder?: string
}

/** A short list with a search field: type, arrow keys, Enter. Marks do not matter while typing. */
export function OptionPicker({ label, options, onPick, chosen = [], onCreate, onType, placeholder }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [typed, setTyped] = useState('')
  const [marked, setMarked] = useState(0)
  const shown = useMemo(() => {
    const words = fold(typed)
    return onType || !words ? options : options.filter((option) => fold(`${option.label} ${option.hint ?? ''}`).includes(words))
  }, [options, typed, onType])
  const isKnown = shown.some((option) => fold(option.label) === fold(typed))
  const canCreate = Boolean(onCreate) && typed.trim() !== '' && !isKnown
  const count = shown.length + (canCreate ? 1 : 0)
  const index = Math.min(marked, Math.max(0, count - 1))
  const pick = (at: number) => {
    const option = shown[at]
    if (option) onPick(option.value)
    else if (canCreate) onCreate?.(typed.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step) {
      event.preventDefault()
      if (count) setMarked((index + step + count) % count)
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      pick(index)
    }
  }
  return (
    <div className={classes.picker}>
      <input
        className={classes.search}
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={id}
        aria-activedescendant={count ? `${id}-${index}` : undefined}
        placeholder={placeholder ?? t('kit.pick')}
        data-autofocus
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setMarked(0)
          onType?.(event.target.value)
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={id} aria-label={label} className={classes.list}>
        {shown.map((option, at) => (
          <div
            key={option.value}
            id={`${id}-${at}`}
            role="option"
            aria-selected={chosen.includes(option.value)}
            className={classes.option}
            data-marked={at === index || undefined}
            ref={at === index ? scrollIntoSight : undefined}
            onMouseMove={() => setMarked(at)}
            onClick={() => pick(at)}
          >
            {option.icon}
            <span className={classes.label}>{option.label}</span>
            {option.hint ? <span className={classes.hint}>{option.hint}</span> : null}
            {chosen.includes(option.value) ? <IconCheck size={14} aria-hidden className={classes.check} /> : null}
          </div>
        ))}
        {canCreate ? (
          <div
            id={`${id}-${shown.length}`}
            role="option"
            aria-selected={false}
            className={classes.option}
            data-marked={index === shown.length || undefined}
            onMouseMove={() => setMarked(shown.length)}
            onClick={() => pick(shown.length)}
          >
            <IconPlus size={14} aria-hidden />
            {t('kit.create', { what: typed.trim() })}
          </div>
        ) : null}
        {count === 0 ? <div className={classes.nothing}>{t('kit.nothingFits')}</div> : null}
      </div>
    </div>
  )
}

function scrollIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
