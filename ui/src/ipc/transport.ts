import type { Changed } from './bindings/Changed'
import type { FileHandle } from './bindings/FileHandle'

/** One way to the core. */
export type Transport = {
  kind: 'window' | 'http'
  call: (name: string, args: unknown) => Promise<unknown>
  /** Calls `listener` with what moved and `onGap` when something may have been missed. Returns how to stop. */
  listen: (listener: (changed: readonly Changed[]) => void, onGap: () => void) => () => void
  chooseFile: (accept: FileKinds) => Promise<FileHandle | null>
  saveFile: (file: FileHandle) => Promise<boolean>
}

/** File endings a screen asks for, without dots, and what they are called. */
export type FileKinds = { name: string; extensions: string[] }

/** What moved, whether it was told one by one or many at once. */
export function asChangedList(payload: unknown): readonly Changed[] {
  return (Array.isArray(payload) ? payload : [payload]) as Changed[]
}
