import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../../ipc/useCall'
import { consentText } from '../../../lib/terms'
import { valueText } from './values'
import { fieldOf, type Field, type Say } from './fields'
import type { Definitions } from '../../../ipc/bindings/Definitions'

/** Branches, staff, tags, custom fields and views, as the core knows them. */
export function useDefinitions(): Definitions | undefined {
  return useCall('definition.list', {}).data
}

/** Fields by key, and values in words. */
export type Fields = {
  definitions: Definitions | undefined
  field: (key: string) => Field
  /** A stored value as people read it. */
  text: (key: string, value: string) => string
  branch: (id: string | null | undefined) => string
  staff: (id: string | null | undefined) => string
}

/** What the screens know about fields, in the language of the screen. */
export function useFields(): Fields {
  const { t } = useTranslation()
  const definitions = useDefinitions()
  return useMemo(() => {
    const known = new Map<string, Field>()
    const say: Say = (key, options) => t(key, options ?? {})
    const field = (key: string) => {
      const found = known.get(key) ?? fieldOf(key, definitions, say)
      known.set(key, found)
      return found
    }
    return {
      definitions,
      field,
      text: (key, value) => (key === 'consent' ? consentText(t, value) : valueText(field(key), value)),
      branch: (id) => (id ? (definitions?.branches.find((each) => each.id === id)?.name ?? t('fields.elsewhere')) : ''),
      staff: (id) => (id ? (definitions?.staff.find((each) => each.id === id)?.name ?? t('fields.unknownStaff')) : ''),
    }
  }, [t, definitions])
}
