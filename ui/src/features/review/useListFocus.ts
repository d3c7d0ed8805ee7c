import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '../../kit/actions/useActions'

/** Moves through a list of `count` entries by J and K, and keeps the focused one in sight. */
export function useListFocus(count: number) {
  const { t } = useTranslation()
  const list = useRef<HTMLUListElement>(null)
  const [wanted, setFocus] = useState(0)
  const focus = Math.max(0, Math.min(wanted, count - 1))
  useEffect(() => {
    list.current?.children[focus]?.scrollIntoView({ block: 'nearest' })
  }, [focus])
  const actions = useMemo(() => {
    const move = (step: number) => setFocus(Math.max(0, Math.min(count - 1, focus + step)))
    const group = t('nav.review')
    return [
      { id: 'review.next', label: t('review.next'), group, shortcut: 'j', onlyKey: true, run: () => move(1) },
      { id: 'review.previous', label: t('review.previous'), group, shortcut: 'k', onlyKey: true, run: () => move(-1) },
    ]
  }, [t, count, focus])
  useActions(actions)
  return { list, focus, setFocus }
}
