import type { FileHandle } from './bindings/FileHandle'
import { IpcError, toIpcError } from './errors'
import { asChangedList, type FileKinds, type Transport } from './transport'

const storageKey = 'quen.token'

/** Takes the session token out of the address at first open and keeps it for this tab only. */
export function takeToken(): string {
  const match = /[#&]token=([^&]+)/.exec(window.location.hash)
  if (match?.[1]) {
    sessionStorage.setItem(storageKey, decodeURIComponent(match[1]))
    window.history.replaceState(null, '', `${window.location.pathname}#/`)
  }
  return sessionStorage.getItem(storageKey) ?? ''
}

async function failure(response: Response): Promise<IpcError> {
  const body: unknown = await response.json().catch(() => null)
  if (body) return toIpcError(body)
  return new IpcError(response.status === 401 ? 'session_ended' : 'unknown', `status ${response.status}`)
}

async function post(path: string, token: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, { ...init, method: 'POST', headers: { ...init.headers, 'x-quen-token': token } })
  if (!response.ok) throw await failure(response)
  return response
}

/** Asks the person for a file; null when they changed their mind. */
function pickInBrowser(accept: FileKinds): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = accept.extensions.map((ending) => `.${ending}`).join(',')
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null))
    input.addEventListener('cancel', () => resolve(null))
    input.click()
  })
}

/** The way to a core behind `quen serve`. */
export function httpTransport(token: string = takeToken()): Transport {
  return {
    kind: 'http',
    async call(name, args) {
      const response = await post('/api/call', token, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, args: args ?? {} }),
      })
      return response.json()
    },
    listen(listener, onGap) {
      const source = new EventSource(`/api/changes?token=${encodeURIComponent(token)}`)
      let wasOpen = false
      const heard = (event: MessageEvent<string>) => listener(asChangedList(JSON.parse(event.data)))
      source.addEventListener('changed', heard)
      source.addEventListener('message', heard)
      source.addEventListener('open', () => {
        if (wasOpen) onGap()
        wasOpen = true
      })
      return () => source.close()
    },
    async chooseFile(accept) {
      const file = await pickInBrowser(accept)
      return file ? uploadFile(file, token) : null
    },
    async saveFile(file) {
      const response = await post(`/api/file/${encodeURIComponent(file.handle)}`, token, {})
      const url = URL.createObjectURL(await response.blob())
      const link = document.createElement('a')
      link.href = url
      link.download = file.name
      link.click()
      URL.revokeObjectURL(url)
      return true
    },
  }
}

/** Hands the bytes of a file to the core. */
export async function uploadFile(file: File, token: string = takeToken()): Promise<FileHandle> {
  const response = await post('/api/file', token, {
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(file.name) },
    body: file,
  })
  return (await response.json()) as FileHandle
}
