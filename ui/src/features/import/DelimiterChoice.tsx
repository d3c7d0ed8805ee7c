import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { typedDelimiter, withOwn } from './reading'

const delimiters = [',', ';', '\t', '|'] as const
/** No delimiter, as it is longer than one character. */
const OTHER = 'other'

type Props = { value: string | null; onChoose: (delimiter: string) => void }

/** What stands between cells: one of the usual characters, or any other that is typed. */
export function DelimiterChoice({ value, onChoose }: Props) {
  const { t } = useTranslation()
  const [isTyping, setIsTyping] = useState(false)
  const choose = (chosen: string | null) => {
    setIsTyping(chosen === OTHER)
    if (chosen !== null && chosen !== OTHER) onChoose(chosen)
  }
  const type = (text: string) => {
    const typed = typedDelimiter(text)
    if (typed === null) return
    setIsTyping(false)
    onChoose(typed)
  }
  return (
    <>
      <Select
        label={t('import.reading.delimiter')}
        data={[
          ...withOwn(delimiters, value).map((each) => ({ value: each, label: t(`import.delimiter.${delimiterName(each)}`, { defaultValue: each }) })),
          { value: OTHER, label: t('import.delimiter.other') },
        ]}
        value={isTyping ? OTHER : value}
        allowDeselect={false}
        onChange={choose}
      />
      {isTyping ? <TextInput label={t('import.reading.ownDelimiter')} value="" autoFocus onChange={(event) => type(event.currentTarget.value)} /> : null}
    </>
  )
}

const delimiterName = (value: string) => ({ ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' })[value] ?? value
