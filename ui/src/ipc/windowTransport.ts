import { invoke } from '@tauri-apps/api/core'
import { listen } from '@tauri-apps/api/event'
import { open, save } from '@tauri-apps/plugin-dialog'
import type { FileHandle } from './bindings/FileHandle'
import { asChangedList, type Transport } from './transport'

/** The way to the core inside the desktop window. */
export function windowTransport(): Transport {
  return {
    kind: 'window',
    call: (name, args) => invoke('call', { name, args: args ?? {} }),
    listen(listener) {
      const stopping = listen('changed', (event) => listener(asChangedList(event.payload)))
      return () => void stopping.then((stop) => stop())
    },
    async chooseFile(accept) {
      const path = await open({ multiple: false, directory: false, filters: [accept] })
      return path ? invoke<FileHandle>('file_open', { path }) : null
    },
    async saveFile(file) {
      const ending = file.name.split('.').at(-1) ?? ''
      const path = await save({ defaultPath: file.name, filters: [{ name: file.name, extensions: [ending] }] })
      if (!path) return false
      await invoke('file_save', { handle: file.handle, path })
      return true
    },
  }
}
