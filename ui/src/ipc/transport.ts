import type { ChangedBatch } from './changes'

/** What a file is to the screens: a handle that the core understands, never a path. */
export type FileHandle = { handle: string; name: string; bytes: number | null }

/** One way to the core. */
export type Transport = {
  kind: 'window' | 'http'
  call: (name: string, args: unknown) => Promise<unknown>
  /** Calls `listener` for each batch of changes and `onGap` when batches may have been missed. Returns how to stop. */
  listen: (listener: (batch: ChangedBatch) => void, onGap: () => void) => () => void
  chooseFile: (accept: FileKinds) => Promise<FileHandle | null>
  saveFile: (file: FileHandle) => Promise<boolean>
}

/** File endings a screen asks for, without dots, and what they are called. */
export type FileKinds = { name: string; extensions: string[] }
