import type { ContactPage } from '../ipc/bindings/ContactPage'
import type { ContactRef } from '../ipc/bindings/ContactRef'
import type { ContactRow } from '../ipc/bindings/ContactRow'
import type { HistoryView } from '../ipc/bindings/HistoryView'
import type { StatusStay } from '../ipc/bindings/StatusStay'
import type { TimelineEntry } from '../ipc/bindings/TimelineEntry'
import { formatPhone } from '../lib/vietnamese'
import { sampleDefinitions, sampleId } from './samplePeople'

const hour = 3_600_000
const day = 24 * hour
const [ha, bao] = sampleDefinitions.staff.map(({ id, name }) => ({ id, name }))
const desk = { id: 'a1', name: 'Quầy Gò Vấp' }
const laptop = { id: 'b2', name: 'Laptop chị Hà' }

/** A person as a link. */
export const refOf = (row: ContactRow): ContactRef => ({ id: row.id, fullName: row.fullName, kind: row.kind, phone: row.phone, branch: row.branch })

/** The page of a sample person, with a disagreement, relations and tasks on it. */
export function samplePage(row: ContactRow, others: readonly ContactRow[], nowMs: number): ContactPage {
  const plain: Record<string, string | null> = {
    fullName: row.fullName, honorific: row.honorific, kind: row.kind, status: row.status, branch: row.branch, owner: row.owner,
    source: row.source, birthOn: row.birthOn, school: row.school, level: row.level, gender: 'female',
    note: 'Thích học buổi tối thứ 3, thứ 5. Mẹ đón lúc 20:00.', [sampleDefinitions.fields[0]?.field ?? 'custom']: 'M',
  }
  const point = (field: string, kind: string, value: string, isConflicted = false) =>
    ({ field, kind, value, display: kind === 'phone' ? formatPhone(value) : value, raw: null, isValid: true, isConflicted })
  const [first, second, third] = others.map(refOf)
  const task = (index: number, title: string, dueAtMs: number | null, doneAtMs: number | null) => ({
    id: sampleId('TK', 900 + index), contact: refOf(row), kind: 'call', title, dueAtMs, owner: ha?.id ?? null, repeat: index === 1 ? 'weekly' : null,
    outcome: doneAtMs ? 'reached' : null, doneAtMs, commentCount: index === 0 ? 1 : 0,
  })
  return {
    row: { ...row, conflictCount: 1 },
    fields: Object.fromEntries(Object.entries(plain).flatMap(([key, value]) => (value ? [[key, { value, isConflicted: key === 'birthOn' }]] : []))),
    points: [
      ...(row.phone ? [point('phone.1', 'phone', row.phone)] : []),
      point('phone.2', 'phone', '+84283894567'), point('email.1', 'email', 'ngoclan.tran@example.com'), point('zalo.1', 'zalo', '0912345678'),
    ],
    interests: [{ id: sampleId('IN', 1), label: 'IELTS 6.5', kind: 'goal' }, { id: sampleId('IN', 2), label: 'Trại hè', kind: null }],
    consents: [
      { purpose: 'care', channel: 'any', isGranted: true, atMs: nowMs - 90 * day, evidence: 'Phiếu đăng ký giấy' },
      { purpose: 'marketing', channel: 'zalo', isGranted: false, atMs: nowMs - 12 * day, evidence: 'Nhắn qua Zalo' },
    ],
    relations: [...(first ? [{ kind: 'guardian', contact: first }] : []), ...(second ? [{ kind: 'sibling', contact: second }] : [])],
    tasks: [task(0, 'Gọi lại hẹn học thử lớp Movers tối 3-5', nowMs + 5 * hour, null), task(1, 'Nhắc đóng học phí', nowMs + 3 * day, null), task(2, 'Gửi lịch khai giảng', nowMs - 3 * day, nowMs - 2 * day)],
    taskComments: { [sampleId('TK', 900)]: [{ id: sampleId('CM', 2), staff: ha ?? null, atMs: nowMs - 4 * hour, isLate: false, body: '@Phạm Quốc Bảo gọi sau 17:00 giúp chị', mentions: bao ? [bao.id] : [] }] },
    conflicts: row.birthOn ? [{ contact: refOf(row), field: 'birthOn', about: null, versions: [
      { value: row.birthOn, atMs: nowMs - 5 * hour, staff: ha ?? null, device: laptop },
      { value: '2014-05-21', atMs: nowMs - 7 * hour, staff: bao ?? null, device: desk },
    ] }] : [],
    duplicates: third ? [{ contact: third, canMerge: true }] : [],
    merged: [],
    deletedAtMs: null,
    timelineCounts: { note: 2, comment: 1, call: 3, zalo: 1, meeting: 1, change: 2, created: 1 },
  }
}

/** What happened with a sample person, newest first. */
export function sampleTimeline(nowMs: number): TimelineEntry[] {
  const entry = (index: number, kind: string, agoMs: number, part: Partial<TimelineEntry>): TimelineEntry => ({
    key: `e${index}`, kind, interaction: ['change', 'created', 'comment'].includes(kind) ? null : sampleId('IA', index), comment: null, happenedAtMs: nowMs - agoMs,
    recordedAtMs: nowMs - agoMs, staff: index % 2 ? (bao ?? null) : (ha ?? null), device: desk, branch: sampleId('BR', 1), direction: null,
    outcome: null, body: '', isPinned: false, isLate: false, comments: [], changes: [], actions: 0, steps: [], cause: null, action: sampleId('AC', index), ...part,
  })
  const row = [
    { field: 'school', before: [], after: 'THCS Nguyễn Du' }, { field: 'level', before: [], after: 'Starters' },
    { field: 'level', before: ['Starters'], after: 'Movers' }, { field: 'source', before: [], after: 'Facebook' },
  ]
  return [
    entry(1, 'note', 40 * day, { body: 'Phụ huynh muốn xếp hai chị em cùng ca. Ưu tiên lớp tối.', isPinned: true }),
    entry(2, 'call', 3 * hour, { direction: 'out', outcome: 'callBack', body: 'Mẹ đang họp, hẹn gọi lại sau 17:00.', comments: [
      { id: sampleId('CM', 1), staff: bao ?? null, atMs: nowMs - 2 * hour, body: '@Lê Thu Hà nhớ báo học phí khoá hè nhé', isLate: true, mentions: ha ? [ha.id] : [] },
    ] }),
    entry(3, 'change', 5 * hour, { actions: 1, cause: 'person', changes: [
      { field: 'status', before: ['contacted'], after: 'trial' }, { field: 'level', before: [], after: 'Movers' },
      { field: 'owner', before: [bao?.id ?? ''], after: ha?.id ?? '' },
    ] }),
    entry(8, 'change', 26 * hour, { actions: row.length, cause: 'person', action: null, changes: row, steps: row.map((change, at) => ({ action: sampleId('AC', 40 + at), atMs: nowMs - 26 * hour - (row.length - at) * 60_000, changes: [change] })) }),
    entry(9, 'comment', 27 * hour, { comment: sampleId('CM', 3), body: '@Lê Thu Hà nhà này chị xếp giúp em ca tối nhé' }),
    entry(4, 'zalo', 2 * day, { direction: 'in', body: 'Cô ơi lớp Movers tối còn chỗ không ạ?', isLate: true, recordedAtMs: nowMs - 2 * day }),
    entry(5, 'meeting', 6 * day, { outcome: 'booked', body: 'Bé làm bài kiểm tra đầu vào 34/40. Hẹn học thử thứ 5.' }),
    entry(6, 'call', 12 * day, { direction: 'out', outcome: 'noAnswer' }),
    entry(7, 'created', 90 * day, { body: '' }),
  ]
}

/** Where a sample person stood, newest first. */
export function sampleStays(nowMs: number): StatusStay[] {
  return [
    { from: 'contacted', to: 'trial', atMs: nowMs - 5 * hour, durationMs: null, staff: ha ?? null, device: desk, cause: 'person' },
    { from: 'new', to: 'contacted', atMs: nowMs - 60 * day, durationMs: 60 * day - 5 * hour, staff: bao ?? null, device: desk, cause: 'person' },
    { from: null, to: 'new', atMs: nowMs - 90 * day, durationMs: 30 * day, staff: ha ?? null, device: laptop, cause: 'import' },
  ]
}

/** The past of one field of a sample person. */
export function sampleHistory(field: string, nowMs: number): HistoryView[] {
  return [
    { change: { field, before: ['2013-05-21'], after: '2014-05-21' }, atMs: nowMs - 7 * hour, staff: bao ?? null, device: desk, cause: 'person', action: sampleId('AC', 30) },
    { change: { field, before: [], after: '2013-05-21' }, atMs: nowMs - 90 * day, staff: ha ?? null, device: laptop, cause: 'import', action: sampleId('AC', 31) },
  ]
}
