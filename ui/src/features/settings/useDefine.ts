import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { ulid } from 'ulid'
import type { DefinitionEdit } from '../../ipc/bindings/DefinitionEdit'
import { makeEdits } from '../../ipc/edit'
import { useEdit } from '../../ipc/useEdit'

/** Changes what the centre is made of: a new thing without `id`, else the one named. */
export function useDefine() {
  const { mutate } = useEdit()
  const define = useCallback(
    (edit: DefinitionEdit, message: string, id: string = ulid()) => mutate({ edits: [{ noun: 'definition', id, edit }], message }),
    [mutate],
  )
  const client = useQueryClient()
  /** The same for fields which show a failure themselves. */
  const save = useCallback(
    async (edit: DefinitionEdit, message: string, id: string = ulid()) => {
      await makeEdits([{ noun: 'definition', id, edit }], message)
      await client.invalidateQueries({ queryKey: ['definition.list'] })
    },
    [client],
  )
  return { define, save }
}
