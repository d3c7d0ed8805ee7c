import { ActionIcon, Combobox, TextInput, useCombobox } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fold } from '../../lib/vietnamese'
import { Chip } from '../StatusDot'
import classes from './InlineField.module.css'

type Tag = { id: string; label: string }

type Props = {
  label: string
  tags: readonly Tag[]
  /** What is offered while typing. */
  known: readonly string[]
  onAdd: (label: string) => void
  onRemove: (tag: Tag) => void
  isReadOnly?: boolean
}

const OFFERED_MAX = 12

/** Tags as chips: type to add one, Backspace or the cross to take one off. */
export function TagsField({ label, tags, known, onAdd, onRemove, isReadOnly }: Props) {
  const { t } = useTranslation()
  const [isAdding, setAdding] = useState(false)
  const [typed, setTyped] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const combobox = useCombobox({ defaultOpened: true })
  const wanted = fold(typed)
  const taken = new Set(tags.map((tag) => fold(tag.label)))
  const offered = known.filter((each) => !taken.has(fold(each)) && fold(each).includes(wanted)).slice(0, OFFERED_MAX)
  const isNew = wanted !== '' && !taken.has(wanted) && !known.some((each) => fold(each) === wanted)
  const add = (word: string) => {
    setTyped('')
    onAdd(word)
    input.current?.focus()
  }
  return (
    <div className={classes.tags} role="group" aria-label={label}>
      {tags.map((tag) => (
        <Chip
          key={tag.id}
          after={
            isReadOnly ? null : (
              <button type="button" className={classes.tagOff} aria-label={t('kit.removeTag', { label: tag.label })} onClick={() => onRemove(tag)}>
                <IconX size={12} />
              </button>
            )
          }
        >
          {tag.label}
        </Chip>
      ))}
      {isReadOnly ? null : isAdding ? (
        <Combobox store={combobox} onOptionSubmit={add} width={220} position="bottom-start">
          <Combobox.Target>
            <TextInput
              ref={input}
              autoFocus
              size="xs"
              w={140}
              aria-label={label}
              value={typed}
              onChange={(event) => {
                setTyped(event.currentTarget.value)
                combobox.selectFirstOption()
              }}
              onBlur={() => setAdding(false)}
              onKeyDown={(event) => {
                const last = tags.at(-1)
                if (event.key === 'Backspace' && typed === '' && last) onRemove(last)
                if (event.key !== 'Escape') return
                event.stopPropagation()
                setAdding(false)
              }}
            />
          </Combobox.Target>
          <Combobox.Dropdown hidden={offered.length === 0 && !isNew}>
            <Combobox.Options>
              {offered.map((each) => (
                <Combobox.Option key={each} value={each}>
                  {each}
                </Combobox.Option>
              ))}
              {isNew ? <Combobox.Option value={typed.trim()}>{t('kit.useWord', { word: typed.trim() })}</Combobox.Option> : null}
            </Combobox.Options>
          </Combobox.Dropdown>
        </Combobox>
      ) : (
        <ActionIcon size={22} aria-label={t('kit.addTo', { label })} onClick={() => setAdding(true)}>
          <IconPlus size={14} />
        </ActionIcon>
      )}
    </div>
  )
}
