import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactList } from '../../../ipc/bindings/ContactList'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import type { ContactRow } from '../../../ipc/bindings/ContactRow'
import { call } from '../../../ipc/call'
import { setField } from '../model/edits'
import { useAsk } from '../model/useAsk'
import type { Fields } from '../model/useFields'
import { isEditable } from './columns'

/** The cell that is being edited. */
export type CellPlace = { row: string; column: string }

/** The editable column beside `from`, or null at the end of the row. */
export function nextCell(columns: readonly string[], from: string, move: -1 | 1): string | null {
  const ways = columns.filter((key) => key === from || isEditable(key))
  return ways[ways.indexOf(from) + move] ?? null
}

/** The field by which the first point of a kind is edited: `phone.1` unless the person has another first one. */
export function pointField(page: ContactPage, kind: string): string {
  return page.points.find((point) => point.kind === kind)?.field ?? `${kind}.1`
}

/** Shows a saved value in the lists at once, until the core has told. */
export function patchRows(client: QueryClient, id: string, key: string, value: string | null): void {
  const patched = (row: ContactRow): ContactRow =>
    key.startsWith('custom.') ? { ...row, custom: { ...row.custom, [key]: value ?? '' } } : { ...row, [key]: value }
  client.setQueriesData<ContactList>({ queryKey: ['contact.list'] }, (list) =>
    list ? { ...list, rows: list.rows.map((row) => (row.id === id ? patched(row) : row)) } : list,
  )
}

/** Editing cells in place. */
export function useCellEdit(columns: readonly string[], fields: Fields) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const ask = useAsk()
  const [place, setPlace] = useState<CellPlace | null>(null)
  const save = useCallback(
    async (row: ContactRow, key: string, value: string | null) => {
      patchRows(client, row.id, key, value)
      const isPoint = key === 'phone' || key === 'email'
      const field = isPoint ? pointField(await call('contact.get', { id: row.id }), key) : key
      const message = t('people.fieldSet', { field: fields.field(key).label, name: row.fullName })
      const isSaved = await ask([setField(row.id, field, value)], message, { isQuiet: true })
      if (!isSaved) void client.invalidateQueries({ queryKey: ['contact.list'] })
    },
    [client, ask, t, fields],
  )
  const begin = useCallback(
    (row: string, column?: string) => {
      const first = column && isEditable(column) ? column : columns.find(isEditable)
      if (first) setPlace({ row, column: first })
    },
    [columns],
  )
  const move = useCallback(
    (way: -1 | 0 | 1) =>
      setPlace((now) => {
        const column = now && way !== 0 ? nextCell(columns, now.column, way) : null
        return now && column ? { row: now.row, column } : null
      }),
    [columns],
  )
  return { place, begin, move, save }
}
