import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fold } from '../../lib/vietnamese'
import type { Choice } from './InlineField'
import type { EditorProps } from './TextEditor'

type Props = EditorProps & { choices: readonly Choice[]; isFree: boolean }

/** Choices shown at most; typing narrows them. */
const CHOICES_MAX = 50
const CLEAR = '\u0000clear'

/** Choosing a value in place: typing narrows without marks, arrows move, Enter takes. */
export function ChoiceEditor({ labelId, draft, problem, onCancel, onSave, choices, isFree, placeholder }: Props) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const combobox = useCombobox({ defaultOpened: true })
  const wanted = fold(search)
  const shown = choices.filter((choice) => !wanted || fold(choice.label).includes(wanted)).slice(0, CHOICES_MAX)
  const isNew = isFree && search.trim() !== '' && !choices.some((choice) => fold(choice.label) === wanted)
  const current = choices.find((choice) => choice.value === draft)?.label ?? draft
  useEffect(() => {
    if (wanted) combobox.selectFirstOption()
    // Only a new search moves the mark.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted])
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(value) => onSave(value === CLEAR ? '' : value, true)}
      position="bottom-start"
      middlewares={{ flip: true, shift: true }}
      width={240}
    >
      <Combobox.Target>
        <TextInput
          autoFocus
          aria-labelledby={labelId}
          size="sm"
          error={problem}
          value={search}
          placeholder={current || placeholder}
          onChange={(event) => setSearch(event.currentTarget.value)}
          onBlur={onCancel}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.preventDefault()
            event.stopPropagation()
            onCancel()
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={260} style={{ overflowY: 'auto' }}>
          {shown.map((choice) => (
            <Combobox.Option key={choice.value} value={choice.value} active={choice.value === draft}>
              {choice.label}
              {choice.hint ? <span style={{ color: 'var(--q-text-faint)' }}> · {choice.hint}</span> : null}
            </Combobox.Option>
          ))}
          {isNew ? <Combobox.Option value={search.trim()}>{t('kit.useWord', { word: search.trim() })}</Combobox.Option> : null}
          {shown.length === 0 && !isNew ? <Combobox.Empty>{t('kit.noChoice')}</Combobox.Empty> : null}
          {draft && !wanted ? (
            <Combobox.Option value={CLEAR} style={{ color: 'var(--q-text-faint)' }}>
              {t('kit.clearValue')}
            </Combobox.Option>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
