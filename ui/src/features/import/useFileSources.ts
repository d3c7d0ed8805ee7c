import i18next from 'i18next'
import { useCallback, useEffect, useState, type DragEvent } from 'react'
import { acceptDroppedFile, chooseFile, transport } from '../../ipc/call'
import type { ImportOpenArgs } from '../../ipc/bindings/ImportOpenArgs'
import { toIpcError } from '../../ipc/errors'
import { isTyping } from '../../lib/shortcuts'
import { showToast } from '../../lib/toasts'

const endings = ['csv', 'tsv', 'txt', 'xlsx', 'xlsm', 'xls', 'ods', 'vcf', 'json']

/** Whether files dropped on the page can be read: only a browser hands their bytes over. */
export function canTakeDrops(): boolean {
  return transport().kind === 'http'
}

/** Says an error of handing a file over, which happens before anything of the page could show it. */
function sayFailure(thrown: unknown): void {
  const { code } = toIpcError(thrown)
  const detail = i18next.exists(`errors.${code}`) ? i18next.t(`errors.${code}`) : i18next.t('errors.unknown', { code })
  showToast({ kind: 'error', message: i18next.t('import.start.failed'), detail })
}

/** Whether pasted text looks like cells: several lines or several columns. */
export function looksLikeCells(text: string): boolean {
  return /\t/.test(text) || text.trim().includes('\n')
}

/** The ways by which a file reaches the import. */
export function useFileSources(onOpen: (args: ImportOpenArgs) => void) {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (isTyping(event.target) || !looksLikeCells(text)) return
      event.preventDefault()
      onOpen({ file: null, pasted: text })
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [onOpen])

  const choose = useCallback(
    () =>
      void chooseFile({ name: i18next.t('import.start.kinds'), extensions: endings })
        .then((file) => file && onOpen({ file, pasted: null }))
        .catch(sayFailure),
    [onOpen],
  )

  const drop = canTakeDrops()
    ? {
        onDragOver: (event: DragEvent) => {
          event.preventDefault()
          setOver(true)
        },
        onDragLeave: () => setOver(false),
        onDrop: (event: DragEvent) => {
          event.preventDefault()
          setOver(false)
          const file = event.dataTransfer.files[0]
          if (!file) return
          acceptDroppedFile(file)
            .then((handle) => onOpen({ file: handle, pasted: null }))
            .catch(sayFailure)
        },
      }
    : {}
  return { choose, drop, isOver }
}
