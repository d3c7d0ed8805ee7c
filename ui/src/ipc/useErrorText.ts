import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { toIpcError } from './errors'

/** Says an error in the person's language: what happened and what to do next. */
export function useErrorText(): (thrown: unknown) => string {
  const { t, i18n } = useTranslation()
  return useCallback(
    (thrown: unknown) => {
      const error = toIpcError(thrown)
      // A refused value says which field and why; the reason helps more than "a value was refused".
      const reason = Object.values(error.fields).find((code) => i18n.exists(`errors.${code}`))
      const key = `errors.${['bad_field', 'bad_argument'].includes(error.code) && reason ? reason : error.code}`
      return i18n.exists(key) ? t(key, { code: error.code, ...error.fields }) : t('errors.unknown', { code: error.code })
    },
    [t, i18n],
  )
}
