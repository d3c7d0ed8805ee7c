import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { actionSets, offeredActions, type Action } from '../../kit/actions/registry'
import { matchingActions } from './paletteItems'
import { usePeopleFound } from './usePeopleFound'

const PEOPLE_AFTER_LETTERS = 2
const DEBOUNCE_MS = 40

/** What the palette shows for what was typed, and which line is marked. */
export function usePalette(close: () => void) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [marked, setMarked] = useState(0)
  const sets = useSyncExternalStore(actionSets.subscribe, actionSets.get)
  const [query] = useDebouncedValue(typed.trim(), DEBOUNCE_MS)
  const found = usePeopleFound(query.length >= PEOPLE_AFTER_LETTERS ? query : null)
  const items = useMemo<Action[]>(() => {
    const people = (typed.trim().length >= PEOPLE_AFTER_LETTERS ? found : []).map((person) => ({
      id: `person.${person.id}`,
      label: person.name,
      group: t('palette.people'),
      icon: person.icon,
      keywords: person.hint,
      run: () => void navigate({ to: '/people/$id', params: { id: person.id } }),
    }))
    return [...people, ...matchingActions(offeredActions(sets), typed)]
  }, [typed, found, sets, t, navigate])
  const index = Math.min(marked, Math.max(0, items.length - 1))
  return {
    typed,
    items,
    marked: index,
    type: (text: string) => {
      setTyped(text)
      setMarked(0)
    },
    mark: setMarked,
    move: (step: number) => setMarked(items.length ? (index + step + items.length) % items.length : 0),
    run: (item: Action | undefined) => {
      if (!item) return
      close()
      item.run()
    },
  }
}
