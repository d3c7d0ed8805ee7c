import { invalidateTouched } from './changes'
import { toIpcError } from './errors'
import { httpTransport, uploadFile } from './httpTransport'
import type { FileKinds, Transport } from './transport'
import { windowTransport } from './windowTransport'
import type { QueryClient } from '@tanstack/react-query'
import type { FileHandle } from './bindings/FileHandle'
import type { ArgsOf, CallName, ResultOf } from './calls'

declare global {
  interface Window {
    __TAURI_INTERNALS__?: unknown
  }
}

let chosen: Transport | null = null

/** The transport of this program: the window's when there is one, else HTTP. */
export function transport(): Transport {
  chosen ??= window.__TAURI_INTERNALS__ ? windowTransport() : httpTransport()
  return chosen
}

/** Puts another transport in place; for tests and the gallery. */
export function replaceTransport(other: Transport | null): void {
  chosen = other
}

/**
 * Asks the core.
 *
 * Throws an `IpcError` whose `code` says what failed.
 */
export async function call<Name extends CallName>(name: Name, args: ArgsOf<Name>): Promise<ResultOf<Name>> {
  try {
    return (await transport().call(name, args)) as ResultOf<Name>
  } catch (thrown) {
    throw toIpcError(thrown)
  }
}

/** Keeps the query cache true to the core for as long as the program runs. Returns how to stop. */
export function followChanges(client: QueryClient): () => void {
  return transport().listen(
    (changed) => invalidateTouched(client, changed),
    () => void client.invalidateQueries(),
  )
}

/** Lets the person choose a file; null when they changed their mind. */
export function chooseFile(accept: FileKinds): Promise<FileHandle | null> {
  return transport().chooseFile(accept)
}

/** Lets the person keep a file that the core made. False when they changed their mind. */
export function saveFile(file: FileHandle): Promise<boolean> {
  return transport().saveFile(file)
}

/** Takes a file dropped on the page; only a browser knows its bytes. */
export function acceptDroppedFile(file: File): Promise<FileHandle> {
  return uploadFile(file)
}
