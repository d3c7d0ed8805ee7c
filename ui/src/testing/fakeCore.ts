import type { Calls } from '../ipc/bindings/calls'
import type { ContactPage } from '../ipc/bindings/ContactPage'
import type { ContactRow } from '../ipc/bindings/ContactRow'
import type { Edit } from '../ipc/bindings/Edit'
import type { TimelineEntry } from '../ipc/bindings/TimelineEntry'
import type { Changed } from '../ipc/bindings/Changed'
import { IpcError } from '../ipc/errors'
import type { Transport } from '../ipc/transport'
import { rowsOf } from './matches'
import { refOf, sampleHistory, samplePage, sampleStays, sampleTimeline } from './samplePage'
import { sampleDefinitions, sampleId, samplePeople } from './samplePeople'

/** Answers that a test gives instead of the usual ones. */
export type Answers = { [Name in keyof Calls]?: (args: Calls[Name]['args']) => Calls[Name]['result'] }

/** A core in memory: keeps the latest calls, and remembers what was edited as far as the screens need it. */
export type FakeCore = Transport & { calls: { name: string; args: unknown }[]; edits: Edit[]; announce: (changed: readonly Changed[]) => void }

type Options = { people?: number; nowMs?: number; answers?: Answers }

const settings = { language: 'vi', theme: 'system', density: 'comfortable', areNotificationsOn: true, relayUrl: null }

function groupsOf(rows: readonly ContactRow[], field: string | null) {
  const counts = new Map<string | null, number>()
  if (field) for (const row of rows) {
    const value = (row as unknown as Record<string, string | null>)[field] ?? null
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].map(([value, count]) => ({ value, count }))
}

/** Makes a core with so many sample people, for tests and for looking at screens in development. */
export function fakeCore({ people = 60, nowMs = Date.now(), answers = {} }: Options = {}): FakeCore {
  const rows = samplePeople(people, nowMs)
  const pages = new Map<string, ContactPage>()
  const timelines = new Map<string, TimelineEntry[]>()
  const listeners = new Set<(changed: readonly Changed[]) => void>()
  const calls: FakeCore['calls'] = []
  const edits: Edit[] = []
  const announce = (changed: readonly Changed[]) => listeners.forEach((listener) => listener(changed))
  const rowOf = (id: string) => {
    const row = rows.find((each) => each.id === id)
    if (!row) throw new IpcError('contact_missing', 'no such contact')
    return row
  }
  const pageOf = (id: string) => {
    const made = pages.get(id) ?? samplePage(rowOf(id), rows.filter((each) => each.id !== id).slice(0, 3), nowMs)
    pages.set(id, made)
    return made
  }
  const timelineOf = (id: string) => {
    const made = timelines.get(id) ?? sampleTimeline(nowMs)
    timelines.set(id, made)
    return made
  }

  const apply = (edit: Edit) => {
    edits.push(edit)
    if (edit.noun === 'contact' && (edit.edit.do === 'set' || edit.edit.do === 'resolve')) {
      const { field, value } = edit.edit
      const row = rowOf(edit.id) as unknown as Record<string, unknown>
      if (field in row) row[field] = value
      const page = pageOf(edit.id)
      const rest = Object.fromEntries(Object.entries(page.fields).filter(([key]) => key !== field))
      const points = page.points.map((point) => (point.field === field && value !== null ? { ...point, value, display: value } : point))
      pages.set(edit.id, { ...page, row: { ...rowOf(edit.id) }, points, conflicts: page.conflicts.filter((each) => each.field !== field), fields: value === null ? rest : { ...rest, [field]: { value, isConflicted: false } } })
    }
    if (edit.noun === 'interaction' && edit.edit.do === 'record') {
      const { kind, outcome, body, direction } = edit.edit
      const staff = sampleDefinitions.staff[0]
      timelines.set(edit.contact, [
        { key: edit.id, kind, interaction: edit.id, comment: null, happenedAtMs: Date.now(), recordedAtMs: Date.now(), staff: staff ? { id: staff.id, name: staff.name } : null, device: null, branch: null, direction, outcome, body, isPinned: false, isLate: false, comments: [], changes: [], actions: 0, steps: [], cause: null, action: null },
        ...timelineOf(edit.contact),
      ])
    }
    if (edit.noun === 'comment' && edit.about.is === 'task' && edit.edit.do === 'write') {
      const page = pageOf(edit.contact)
      const [me] = sampleDefinitions.staff
      const said = { id: edit.id, staff: me ? { id: me.id, name: me.name } : null, atMs: Date.now(), isLate: false, body: edit.edit.body, mentions: edit.edit.mentions }
      pages.set(edit.contact, { ...page, taskComments: { ...page.taskComments, [edit.about.id]: [...(page.taskComments[edit.about.id] ?? []), said] } })
    }
    if (edit.noun === 'task' && edit.edit.do === 'add') {
      const page = pageOf(edit.contact)
      const { kind, title, dueAtMs, owner, repeat } = edit.edit
      pages.set(edit.contact, { ...page, tasks: [{ id: edit.id, contact: refOf(page.row), kind, title, dueAtMs, owner, repeat, outcome: null, doneAtMs: null, commentCount: 0 }, ...page.tasks] })
    }
  }

  const usual: Answers = {
    'session.get': () => ({ stage: 'ready', centre: 'Trung tâm Ánh Dương', device: 'a1', deviceName: 'Quầy Gò Vấp', role: 'owner', staff: sampleId('ST', 0), branches: [sampleId('BR', 0), sampleId('BR', 1)], isSample: true, hasPassphrase: true, version: '0.1.0', fingerprint: null, stopped: null, kit: null, settings }),
    'definition.list': () => sampleDefinitions,
    'contact.list': ({ view, offset, limit }) => {
      const found = rowsOf(rows, view, nowMs)
      return { total: found.length, offset, rows: found.slice(offset, offset + limit).map((row) => ({ ...row })), groups: groupsOf(found, view.groupBy) }
    },
    'contact.get': ({ id }) => pageOf(id),
    'contact.timeline': ({ id, kinds, staff, branch, offset, limit }) => {
      const found = timelineOf(id).filter((entry) => (kinds.length === 0 || kinds.includes(entry.kind)) && (!staff || entry.staff?.id === staff) && (!branch || entry.branch === branch))
      return { total: found.length, entries: found.slice(offset, offset + limit) }
    },
    'contact.history': ({ field }) => sampleHistory(field ?? 'birthOn', nowMs),
    'contact.statusLog': () => sampleStays(nowMs),
    'contact.search': ({ text, limit }) =>
      rowsOf(rows, { filter: { is: 'all', of: [] }, search: text, sort: [], groupBy: null, columns: [] }, nowMs)
        .slice(0, limit).map((row) => ({ contact: refOf(row), matched: 'name', text: row.fullName, status: row.status })),
    'contact.hint': ({ phone, fullName }) => (phone.length > 5 || fullName.length > 8 ? rows.slice(0, 1).map((contact) => ({ contact, reasons: ['phone'] })) : []),
    'contact.elsewhere': () => [],
    'contact.newIds': ({ count }) => Array.from({ length: count }, (_, at) => sampleId('NW', edits.length + at)),
    'contact.bin': () => ({ total: 2, offset: 0, rows: rows.slice(0, 2).map((row) => ({ ...row, deletedAtMs: nowMs })) }),
    'conflict.list': () => ({ total: 3, rows: [] }),
    'duplicate.list': () => [],
    'duplicate.count': () => ({ count: 0 }),
    'task.today': () => ({ overdue: [], dueToday: [], upcoming: [], overdueTotal: 0, dueTodayTotal: 0, upcomingTotal: 0, birthdays: [], newContacts: [], withoutNextStep: [], withoutNextStepTotal: 0, newContactsTotal: 0, mentions: [] }),
    'task.list': () => [],
    'sync.status': () => ({ state: 'synced', waiting: 0, offlineSinceMs: null, syncedAtMs: nowMs, lastHeard: [], quarantined: 0, heldBack: 0, notice: null, stopped: null, relayUrl: null }),
    'bulk.count': ({ selection }) => ({ count: selection.which === 'these' ? selection.ids.length : rowsOf(rows, selection.view, nowMs).length - selection.except.length }),
    'bulk.run': ({ selection }) => ({ action: sampleId('AC', 1), count: selection.which === 'these' ? selection.ids.length : rowsOf(rows, selection.view, nowMs).length - selection.except.length, job: null }),
    'export.run': ({ format }) => ({ handle: 'h1', name: `danh-sach.${format}` }),
    'action.undo': () => ({ action: null, restored: 1, skipped: 0, job: null }),
    edit: (args) => {
      args.edits.forEach(apply)
      queueMicrotask(() => announce(args.edits.map((edit) => ({ entity: edit.noun === 'definition' ? 'definition' : 'contact', id: edit.noun === 'contact' ? edit.id : 'contact' in edit ? edit.contact : '', cause: 'local' }))))
      return { action: sampleId('AC', edits.length) }
    },
  }

  return {
    kind: 'http',
    calls,
    edits,
    announce,
    call: async (name, args) => {
      calls.push({ name, args })
      const answer = (answers as Record<string, unknown>)[name] ?? (usual as Record<string, unknown>)[name]
      if (typeof answer !== 'function') throw new IpcError('unknown', `no answer for ${name}`)
      return (answer as (args: unknown) => unknown)(args)
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    chooseFile: async () => null,
    saveFile: async () => true,
  }
}
