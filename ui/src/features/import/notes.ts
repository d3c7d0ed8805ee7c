import type { TFunction } from 'i18next'
import type { ImportNote } from '../../ipc/bindings/ImportNote'

/** What is worth knowing about a row, as a sentence. A code that is not known here stands as it is. */
export function noteText(t: TFunction, note: ImportNote): string {
  return t(`import.note.${note.code}`, { text: note.text, column: note.column, defaultValue: `${note.column}: ${note.text || note.code}` })
}
