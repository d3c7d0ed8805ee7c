import type { ConflictView } from '../ipc/bindings/ConflictView'
import type { ContactRow } from '../ipc/bindings/ContactRow'
import type { DuplicateView } from '../ipc/bindings/DuplicateView'
import type { Answers } from './render'

const hour = 3_600_000
const ago = (hours: number) => Date.now() - hours * hour

const ha = { id: 's1', name: 'Nguyễn Thị Minh Hà' }
const bao = { id: 's2', name: 'Trần Quốc Bảo' }
const goVap = { id: 'ab12cd34', name: 'Quầy Gò Vấp' }
const quan1 = { id: 'cd34ef56', name: 'Quầy Quận 1' }

const person = (id: string, fullName: string, kind: string) => ({ id, fullName, kind, phone: '+84912345678', branch: 'b1' })

/** Conflicts of several fields and wordings. */
export const sampleConflicts: ConflictView[] = [
  {
    contact: person('c1', 'Trần Thị Đức', 'student'),
    field: 'phone.1',
    about: null,
    versions: [
      { value: '+84912345678', atMs: ago(2), staff: ha, device: goVap },
      { value: '+84903111222', atMs: ago(3), staff: bao, device: quan1 },
    ],
  },
  {
    contact: person('c2', 'Nguyễn Văn An', 'lead'),
    field: 'status',
    about: null,
    versions: [
      { value: 'trial', atMs: ago(20), staff: bao, device: quan1 },
      { value: 'lost', atMs: ago(22), staff: ha, device: goVap },
      { value: 'active', atMs: ago(26), staff: null, device: quan1 },
    ],
  },
  {
    contact: person('c3', 'Lê Ngọc Ửng', 'student'),
    field: 'birthOn',
    about: null,
    versions: [
      { value: '2011-04-03', atMs: ago(50), staff: ha, device: goVap },
      { value: '', atMs: ago(51), staff: bao, device: quan1 },
    ],
  },
  {
    contact: person('c4', 'Đỗ Thu Trang', 'lead'),
    field: 'interaction.01JNOTE.body',
    about: { noun: 'interaction', kind: 'call', atMs: new Date(2026, 2, 12, 14, 30).getTime() },
    versions: [
      { value: 'Mẹ hỏi học phí lớp hè.\nHẹn gọi lại thứ 5, sau 17:00, khi bố có ở nhà. Bé thích lớp của cô Hà, chưa muốn đổi cơ sở dù nhà đã chuyển sang Quận 1.', atMs: ago(60), staff: ha, device: goVap },
      { value: 'Mẹ hỏi học phí lớp hè và xin bớt vì hai chị em cùng học.', atMs: ago(61), staff: bao, device: quan1 },
    ],
  },
  {
    contact: person('c5', 'Phạm Gia Bảo', 'student'),
    field: 'task.01JTASK.title',
    about: { noun: 'task', kind: 'call', atMs: null },
    versions: [
      { value: 'Gọi mẹ về lịch học', atMs: ago(70), staff: ha, device: goVap },
      { value: 'Gọi bố về học phí', atMs: ago(71), staff: bao, device: quan1 },
    ],
  },
]

const row = (id: string, change: Partial<ContactRow>): ContactRow => ({
  id,
  fullName: 'Nguyễn Văn An',
  honorific: 'em',
  kind: 'student',
  status: 'active',
  statusSinceMs: null,
  branch: 'b1',
  owner: 's1',
  phone: '+84389393999',
  email: null,
  school: 'THCS Lê Lợi',
  level: 'Flyers',
  source: 'Facebook',
  birthOn: '2010-05-12',
  tags: [],
  lastInteractionAtMs: null,
  nextStep: null,
  createdAtMs: ago(900),
  updatedAtMs: ago(20),
  conflictCount: 0,
  custom: {},
  further: {},
  ...change,
})

/** Pairs of people who may be the same. */
export const samplePairs: DuplicateView[] = [
  {
    left: row('c2', {}),
    right: row('c9', { fullName: 'Nguyễn Văn Ân', email: 'an.nguyen@gmail.com', birthOn: null, status: 'new', source: 'Zalo', createdAtMs: ago(30) }),
    reasons: ['phone'],
    score: 78,
    canMerge: true,
  },
  {
    left: row('c5', { fullName: 'Phạm Gia Bảo', phone: '+84987654321', birthOn: '2013-12-25' }),
    right: row('c8', { fullName: 'Phạm Gia Bảo', phone: null, birthOn: '2013-12-25', branch: 'b2', owner: 's2', createdAtMs: ago(4) }),
    reasons: ['nameBirth'],
    score: 85,
    canMerge: false,
  },
]

/** What a core says about things to review, for tests and for looking at screens in development. */
export const reviewAnswers: Answers = {
  'conflict.list': { total: sampleConflicts.length, rows: sampleConflicts },
  'duplicate.list': samplePairs,
  'duplicate.count': { count: samplePairs.length },
}
