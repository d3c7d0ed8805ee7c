import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useDefinitions } from '../../ipc/useDefinitions'

/** Says branches by their names; all of them in one word. */
export function useBranchNames(): (ids: readonly string[]) => string {
  const { t } = useTranslation()
  const { branches } = useDefinitions()
  return useCallback(
    (ids) => {
      if (branches.length > 1 && ids.length >= branches.length) return t('sync.allBranches')
      return ids.map((id) => branches.find((branch) => branch.id === id)?.name ?? '—').join(', ')
    },
    [branches, t],
  )
}
