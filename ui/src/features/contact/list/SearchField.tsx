import { ActionIcon, TextInput } from '@mantine/core'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { changeSpec } from './listState'

type Props = { search: string; field: RefObject<HTMLInputElement | null>; onLeave: () => void }

/** Milliseconds after the last letter before the list asks. */
const DEBOUNCE_MS = 60

/** The list's own search: names without marks, parts of phones, e-mails, tags. */
export function SearchField({ search, field, onLeave }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(search)
  const sent = useRef(search)
  useEffect(() => {
    if (search !== sent.current) {
      sent.current = search
      setTyped(search)
    }
  }, [search])
  useEffect(() => {
    if (typed === sent.current) return
    const timer = window.setTimeout(() => {
      sent.current = typed
      changeSpec({ search: typed })
    }, DEBOUNCE_MS)
    return () => window.clearTimeout(timer)
  }, [typed])
  return (
    <TextInput
      ref={field}
      aria-label={t('people.search')}
      placeholder={t('people.searchHint')}
      leftSection={<IconSearch size={15} stroke={1.7} aria-hidden />}
      rightSection={
        typed ? (
          <ActionIcon size={22} aria-label={t('people.clearSearch')} onClick={() => setTyped('')}>
            <IconX size={13} />
          </ActionIcon>
        ) : null
      }
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Escape' && typed) {
          event.preventDefault()
          setTyped('')
        } else if (event.key === 'Enter' || event.key === 'ArrowDown' || event.key === 'Escape') {
          event.preventDefault()
          onLeave()
        }
      }}
    />
  )
}
