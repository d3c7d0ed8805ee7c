import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { isTyping } from '../../lib/shortcuts'
import { useActions } from '../actions/useActions'
import type { DataTableProps } from './DataTable'
import { unfoldedRow } from './groups'
import { isSelected, nothingSelected, withRows } from './selection'
import { tableActions } from './tableActions'

const PAGE_ROWS = 15

type Options<Row> = Pick<
  DataTableProps<Row>,
  'total' | 'rowAt' | 'rowId' | 'onOpen' | 'active' | 'onActive' | 'selection' | 'onSelection' | 'groups'
> & { scroller: RefObject<HTMLDivElement | null>; scrollTo: (index: number) => void }

/** What the hands do to a table: moving, opening, choosing, by keys and by pointer. */
export function useTableKeys<Row>(options: Options<Row>) {
  const { t } = useTranslation()
  const [own, setOwn] = useState(0)
  const total = options.total ?? 0
  const active = Math.max(0, Math.min(options.active ?? own, total - 1))
  const anchor = useRef(0)
  const latest = useRef({ ...options, active, total })
  useEffect(() => {
    latest.current = { ...options, active, total }
  })

  const idsBetween = useCallback((from: number, to: number) => {
    const { rowAt, rowId } = latest.current
    const ids: string[] = []
    for (let index = Math.min(from, to); index <= Math.max(from, to); index++) {
      const row = rowAt(index)
      if (row !== undefined) ids.push(rowId(row))
    }
    return ids
  }, [])

  const choose = useCallback(
    (from: number, to: number, isIn: boolean) => {
      const { selection, onSelection } = latest.current
      onSelection?.(withRows(selection ?? nothingSelected, idsBetween(from, to), isIn))
    },
    [idsBetween],
  )

  const moveTo = useCallback(
    (index: number, extend = false) => {
      const now = latest.current
      const wanted = Math.max(0, Math.min(now.total - 1, index))
      const next = unfoldedRow(wanted, wanted < now.active ? -1 : 1, now.groups ?? [], now.active)
      setOwn(next)
      // The next key may come before the next drawing.
      now.active = next
      now.onActive?.(next)
      now.scrollTo(next)
      if (extend && now.onSelection) choose(anchor.current, next, true)
      else anchor.current = next
    },
    [choose],
  )

  const onToggle = useCallback(
    (index: number, extend: boolean) => {
      const { rowAt, rowId, selection } = latest.current
      const row = rowAt(index)
      if (row === undefined) return
      const isIn = !isSelected(selection ?? nothingSelected, rowId(row))
      choose(extend ? anchor.current : index, index, extend ? true : isIn)
      anchor.current = index
      setOwn(index)
      latest.current.onActive?.(index)
    },
    [choose],
  )

  const open = useCallback((index: number) => {
    const row = latest.current.rowAt(index)
    if (row !== undefined) latest.current.onOpen?.(row, index)
  }, [])

  const onRowClick = useCallback(
    (index: number, event: MouseEvent) => {
      if (event.shiftKey && latest.current.onSelection) {
        moveTo(index, true)
      } else if ((event.ctrlKey || event.metaKey) && latest.current.onSelection) {
        onToggle(index, false)
      } else {
        moveTo(index)
        open(index)
      }
    },
    [moveTo, onToggle, open],
  )

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return
      const now = latest.current
      const isHeld = event.ctrlKey || event.metaKey
      const steps: Record<string, (() => void) | undefined> = {
        ArrowDown: () => moveTo(now.active + 1, event.shiftKey),
        ArrowUp: () => moveTo(now.active - 1, event.shiftKey),
        PageDown: () => moveTo(now.active + PAGE_ROWS, event.shiftKey),
        PageUp: () => moveTo(now.active - PAGE_ROWS, event.shiftKey),
        Home: () => moveTo(0),
        End: () => moveTo(now.total - 1),
        // With Ctrl it belongs to the screen: it goes on to the next step.
        Enter: event.target === event.currentTarget && !isHeld ? () => open(now.active) : undefined,
        ' ': now.onSelection ? () => onToggle(now.active, event.shiftKey) : undefined,
        a: isHeld && now.onSelection ? () => now.onSelection?.({ isAll: true, ids: new Set() }) : undefined,
        Escape: now.selection && (now.selection.isAll || now.selection.ids.size > 0) ? () => now.onSelection?.(nothingSelected) : undefined,
      }
      const step = steps[event.key]
      if (!step) return
      event.preventDefault()
      step()
    },
    [moveTo, onToggle, open],
  )

  const { scroller } = options
  const canChoose = Boolean(options.onSelection)
  const canOpen = Boolean(options.onOpen)
  const actions = useMemo(() => {
    const walk = (step: number) => {
      scroller.current?.focus({ preventScroll: true })
      moveTo(latest.current.active + step)
    }
    return tableActions(t, {
      onWalk: walk,
      onPage: () => walk(PAGE_ROWS),
      onTop: () => moveTo(0),
      onOpen: canOpen ? () => open(latest.current.active) : undefined,
      choosing: canChoose
        ? {
            onToggle: () => onToggle(latest.current.active, false),
            onExtend: () => moveTo(latest.current.active + 1, true),
            onAll: () => latest.current.onSelection?.({ isAll: true, ids: new Set() }),
            onNone: () => latest.current.onSelection?.(nothingSelected),
          }
        : undefined,
    })
  }, [t, scroller, moveTo, onToggle, open, canChoose, canOpen])
  useActions(actions)

  return { active, onKeyDown, onRowClick, onToggle }
}
