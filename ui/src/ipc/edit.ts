import type { Edit } from './bindings/Edit'
import { call } from './call'
import { noteDone } from './undo'

/**
 * Makes edits as one action; all or none take effect. With `message` it says what was done and offers to undo it.
 *
 * Throws an `IpcError`.
 */
export async function makeEdits(edits: Edit[], message?: string): Promise<string | null> {
  const { action } = await call('edit', { edits })
  if (action && message) noteDone({ actionId: action, message })
  return action
}
