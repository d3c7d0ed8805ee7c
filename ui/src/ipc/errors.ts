/** What a failed call says: branch on `code`; people read its translation. */
export class IpcError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** Names of arguments that were refused, with the code of the reason; also the values for the translation. */
    readonly fields: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.name = 'IpcError'
  }
}

/** Turns whatever a transport threw into an `IpcError`. */
export function toIpcError(thrown: unknown): IpcError {
  if (thrown instanceof IpcError) return thrown
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string') {
    const message = 'message' in thrown && typeof thrown.message === 'string' ? thrown.message : thrown.code
    const fields = 'fields' in thrown && typeof thrown.fields === 'object' && thrown.fields !== null ? thrown.fields : {}
    return new IpcError(thrown.code, message, fields as Record<string, string>)
  }
  // What browsers and the bundler say of a part of the screens that could not be fetched.
  if (thrown instanceof Error && /dynamically imported module|preload CSS|module script failed/i.test(thrown.message)) return new IpcError('unreachable', thrown.message)
  if (thrown instanceof TypeError) return new IpcError('unreachable', thrown.message)
  return new IpcError('unknown', thrown instanceof Error ? thrown.message : String(thrown))
}
