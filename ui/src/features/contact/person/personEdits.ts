import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import type { Edit } from '../../../ipc/bindings/Edit'
import type { NewTask } from '../../../ipc/bindings/NewTask'
import type { TaskView } from '../../../ipc/bindings/TaskView'
import { aboutInteraction, aboutTask } from '../model/edits'
import { newId } from '../model/newId'

/** What a logged call says. */
export type CallLog = { outcome: string; note: string; next: NewTask | null; nowMs: number }

const day = 86_400_000

/** Ends a task: its outcome is written down and the next step is added, as one edit. */
export function completeTask(contact: string, task: string, { outcome, note, next }: CallLog): Edit {
  return aboutTask(contact, task, { do: 'complete', outcome, note, interaction: newId(), next: next && { id: newId(), task: next } })
}

/** The open call that a call made now answers: the earliest one due by this time tomorrow. */
export function answeredTask(tasks: readonly TaskView[], nowMs: number): TaskView | undefined {
  return tasks
    .filter((task) => task.kind === 'call' && task.doneAtMs === null && (task.dueAtMs ?? 0) <= nowMs + day)
    .sort((a, b) => (a.dueAtMs ?? 0) - (b.dueAtMs ?? 0))[0]
}

/** Writes a call down with its next step; a call that was planned for now is completed by it. */
export function logCall(page: ContactPage, log: CallLog): Edit[] {
  const contact = page.row.id
  const planned = answeredTask(page.tasks, log.nowMs)
  if (planned) return [completeTask(contact, planned.id, log)]
  return [
    aboutInteraction(contact, newId(), { do: 'record', kind: 'call', happenedAtMs: null, direction: 'out', outcome: log.outcome, body: log.note }),
    ...(log.next ? [aboutTask(contact, newId(), { do: 'add', ...log.next })] : []),
  ]
}

/** The field under which a further point of a kind is added. The first is `1`, so that two devices that both enter one disagree visibly. */
export function newPointField(page: ContactPage, kind: string): string {
  const first = `${kind}.1`
  return page.points.some((point) => point.field === first) ? `${kind}.${newId()}` : first
}

/** Staff whose names a text calls with `@`; "@Lan Anh" calls Lan Anh, not Lan. */
export function mentionsIn(text: string, staff: readonly { id: string; name: string }[]): string[] {
  const byLength = [...staff].sort((a, b) => b.name.length - a.name.length)
  const called = new Set<string>()
  for (const part of text.normalize('NFC').split('@').slice(1)) {
    const named = byLength.find(({ name }) => part.startsWith(name.normalize('NFC')) && !/^[\p{L}\p{N}]/u.test(part.slice(name.normalize('NFC').length)))
    if (named) called.add(named.id)
  }
  return [...called]
}

/** The name being typed after an `@` at the end of a text, or null. */
export function mentionBeingTyped(text: string): string | null {
  return /(?:^|\s)@([^@\n]{0,30})$/.exec(text)?.[1] ?? null
}

/** The text with the name being typed written out. */
export function withMention(text: string, name: string): string {
  return text.replace(/@([^@\n]{0,30})$/, `@${name} `)
}
