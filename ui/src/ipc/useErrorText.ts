import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { toIpcError } from './errors'

/** Says an error in the person's language: what happened and what to do next. */
export function useErrorText(): (thrown: unknown) => string {
  const { t, i18n } = useTranslation()
  return useCallback(
    (thrown: unknown) => {
      const error = toIpcError(thrown)
      const key = `errors.${error.code}`
      return i18n.exists(key) ? t(key, { ...error.fields }) : t('errors.unknown', { code: error.code })
    },
    [t, i18n],
  )
}
