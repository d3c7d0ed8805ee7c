import type { Definitions } from '../ipc/bindings/Definitions'
import type { Session } from '../ipc/bindings/Session'
import { replaceTransport } from '../ipc/call'
import { IpcError } from '../ipc/errors'
import { importAnswers } from './sampleImports'
import { reviewAnswers } from './sampleReviews'

const now = Date.now()
const minute = 60_000
const day = 24 * 60 * minute

const session: Session = {
  stage: 'ready',
  centre: 'Anh ngữ Sao Mai',
  device: 'ab12',
  deviceName: 'Quầy Gò Vấp',
  role: 'owner',
  staff: 's1',
  branches: ['b1', 'b2', 'b3'],
  isSample: false,
  hasPassphrase: false,
  version: '0.1.0',
  fingerprint: null,
  stopped: null,
  kit: 'missing',
  settings: { language: 'vi', theme: 'system', density: 'comfortable', areNotificationsOn: true, relayUrl: 'https://relay.saomai.vn' },
}

const definitions: Definitions = {
  branches: [
    { id: 'b1', name: 'Quận 1', isHeld: true },
    { id: 'b2', name: 'Gò Vấp', isHeld: true },
    { id: 'b3', name: 'Thủ Đức', isHeld: false },
  ],
  staff: [
    { id: 's1', name: 'Nguyễn Thị Minh Hà', branch: 'b1', role: 'owner', isActive: true },
    { id: 's2', name: 'Trần Quốc Bảo', branch: 'b2', role: 'staff', isActive: true },
    { id: 's3', name: 'Lê Thu Ửng', branch: 'b3', role: 'manager', isActive: true },
    { id: 's4', name: 'Phạm Văn Ổn', branch: 'b2', role: 'teacher', isActive: false },
  ],
  tags: [
    { id: 't1', label: 'Quan tâm IELTS', count: 412 },
    { id: 't2', label: 'Học thử', count: 96 },
    { id: 't3', label: 'Hè 2026', count: 1210 },
  ],
  fields: [
    { id: 'f1', field: 'custom.f1', label: 'Mục tiêu', kind: 'text', choices: [] },
    { id: 'f2', field: 'custom.f2', label: 'Ca học', kind: 'choice', choices: ['Sáng', 'Chiều', 'Tối'] },
  ],
  views: [],
  sources: ['Facebook', 'Zalo', 'Giới thiệu'],
  levels: ['Starters', 'Movers', 'Flyers', 'IELTS 5.0'],
  schools: ['THCS Nguyễn Du', 'THPT Gò Vấp'],
}

const people = ['Trần Thị Ánh', 'Nguyễn Văn An', 'Lê Đức Ổn', 'Phạm Hồng Ửng', 'Đỗ Quỳnh Chi', 'Hoàng Gia Bảo', 'Vũ Ngọc Khánh', 'Bùi Thanh Mai']
const ref = (index: number) => ({
  id: `c${index}`,
  fullName: people[index % people.length] ?? '',
  kind: index % 3 ? 'lead' : 'student',
  phone: `+8491234567${index % 10}`,
  branch: `b${(index % 3) + 1}`,
})
const titles = ['Gọi lại về lớp IELTS tối', 'Nhắc đóng học phí', 'Hỏi kết quả học thử', 'Gửi lịch khai giảng', 'Hẹn kiểm tra đầu vào']
const kinds = ['call', 'message', 'meet', 'email', 'call']
const task = (index: number, dueAtMs: number) => ({
  id: `k${index}`,
  contact: ref(index),
  kind: kinds[index % kinds.length] ?? 'call',
  title: titles[index % titles.length] ?? '',
  dueAtMs,
  owner: 's1',
  repeat: null,
  outcome: null,
  doneAtMs: null,
})

const qr = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21" shape-rendering="crispEdges"><rect width="21" height="21" fill="#fff"/>${Array.from({ length: 210 }, (_, i) => `<rect x="${(i * 7) % 21}" y="${(i * 5 + ((i * i) % 11)) % 21}" width="1" height="1"/>`).join('')}</svg>`

const answers: Record<string, unknown> = {
  'session.get': session,
  'session.settings': (args: object) => ({ ...session.settings, ...args }),
  'session.signIn': session,
  'definition.list': definitions,
  ...reviewAnswers,
  'contact.list': { total: 0, offset: 0, rows: [], groups: [] },
  'contact.search': people.slice(0, 5).map((_, index) => ({ contact: ref(index), matched: 'name', text: '', status: null })),
  'task.today': {
    overdue: [task(0, now - 2 * day), task(1, now - day), task(2, now - 95 * minute)],
    dueToday: [task(3, now + 40 * minute), task(4, now + 180 * minute)],
    upcoming: [task(5, now + day), task(6, now + 3 * day)],
    overdueTotal: 3, dueTodayTotal: 2, upcomingTotal: 2,
    birthdays: [
      { contact: ref(7), on: new Date(now).toISOString().slice(0, 10), age: 12 },
      { contact: ref(2), on: new Date(now + 3 * day).toISOString().slice(0, 10), age: 17 },
    ],
    newContacts: [ref(4), ref(5), ref(1)],
    newContactsTotal: 14,
    withoutNextStep: [ref(6), ref(7)],
    withoutNextStepTotal: 38,
    mentions: [{ id: 'CM9', about: { is: 'task', id: 'TK1' }, task: 'Gọi lại hẹn ca tối', staff: null, contact: ref(3), body: '@Minh Hà phụ huynh muốn đổi sang ca tối, chị xem giúp em.', atMs: now - 50 * minute }],
  },
  'edit': { action: 'a1' },
  'action.undo': { action: 'a2', restored: 1, skipped: 0, job: null },
  'sync.status': {
    state: 'offline',
    waiting: 12,
    offlineSinceMs: now - 42 * minute,
    syncedAtMs: now - 43 * minute,
    lastHeard: [
      { branch: 'b1', atMs: now - 44 * minute },
      { branch: 'b2', atMs: now - 2 * minute },
      { branch: 'b3', atMs: now - 2 * day },
    ],
    quarantined: 1,
    heldBack: 2,
    notice: null,
    stopped: null,
    relayUrl: 'https://relay.saomai.vn',
  },
  'device.list': [
    { id: 'ab12cd34', name: 'Quầy Gò Vấp', role: 'owner', branches: ['b1', 'b2', 'b3'], staff: 's1', lastHeardMs: now, isThis: true, isActive: true, kitMadeAtMs: null, kitUsedAtMs: null },
    { id: 'cd34ef56', name: 'Quầy Quận 1', role: 'staff', branches: ['b1'], staff: 's2', lastHeardMs: now - 44 * minute, isThis: false, isActive: true, kitMadeAtMs: null, kitUsedAtMs: null },
    { id: 'ef56ab78', name: 'Laptop quản lý', role: 'manager', branches: ['b1', 'b2', 'b3'], staff: 's3', lastHeardMs: now - 5 * day, isThis: false, isActive: true, kitMadeAtMs: null, kitUsedAtMs: null },
    { id: '9900aabb', name: 'Quầy cũ Thủ Đức', role: 'staff', branches: ['b3'], staff: null, lastHeardMs: now - 90 * day, isThis: false, isActive: false, kitMadeAtMs: null, kitUsedAtMs: null },
    { id: '08ee41c6', name: '#08ee41', role: 'owner', branches: ['b1', 'b2', 'b3'], staff: null, lastHeardMs: null, isThis: false, isActive: true, kitMadeAtMs: now - 30 * day, kitUsedAtMs: null },
  ],
  'invite.list': [{ id: 'i1', role: 'staff', branches: ['b3'], expiresAtMs: now + 2 * day }],
  'invite.make': { id: 'i2', text: 'quen1-8XK2-M4TQ-9VWZ-3HNC-7PLD-0GRS', qrSvg: qr, expiresAtMs: now + 2 * day },
  'kit.make': { id: '08ee41c6', text: `quenkit1:${'abcdefghijklmnopqrstuvwxyz234567'.repeat(4)}`, qrSvg: qr, madeAtMs: now, relayUrl: 'https://relay.saomai.vn' },
  'invite.withdraw': {},
  'join.list': [{ id: 'j1', deviceName: 'Quầy Thủ Đức', fingerprint: 'sen · trúc · 4821', role: 'staff', branches: ['b3'] }],
  'join.approve': {},
  'join.reject': {},
  ...importAnswers,
}

/** Prepared answers; `stage` begins elsewhere: `fresh` or `joining`. */
export function startSampleCore(stage: string): void {
  if (stage === 'fresh' || stage === 'joining') Object.assign(session, { stage, fingerprint: 'sen · trúc · 4821' })
  if (stage === 'sample') Object.assign(session, { isSample: true })
  replaceTransport({
    kind: 'http',
    call: (name, args) => {
      const answer = answers[name]
      if (answer === undefined) return Promise.reject(new IpcError('unknown_call', name))
      return Promise.resolve(typeof answer === 'function' ? (answer as (args: unknown) => unknown)(args) : answer)
    },
    listen: () => () => undefined,
    chooseFile: () => Promise.resolve({ handle: 'h1', name: 'quan-1.csv' }),
    saveFile: () => Promise.resolve(false),
  })
}
