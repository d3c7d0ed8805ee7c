import type { ImportDraft } from '../ipc/bindings/ImportDraft'
import type { ImportRow } from '../ipc/bindings/ImportRow'
import type { ImportRowsArgs } from '../ipc/bindings/ImportRowsArgs'
import type { ImportValue } from '../ipc/bindings/ImportValue'
import type { ImportView } from '../ipc/bindings/ImportView'
import type { JobView } from '../ipc/bindings/JobView'
import type { Answers } from './render'

const hour = 3_600_000

/** A sheet as branches keep it: dirty, with every kind of column. */
export const sampleDraft: ImportDraft = {
  id: 'im1',
  fileName: 'quan-1.csv',
  kind: 'csv',
  reading: { encoding: 'utf-8', delimiter: ';', headerRow: 4, sheet: null },
  sheets: [],
  header: ['STT', 'Họ và tên', 'Ngày sinh', 'SĐT học viên', 'Phụ huynh', 'SĐT phụ huynh', 'Email', 'Trường', 'Trình độ', 'Tình trạng', 'Nguồn', 'Tư vấn viên', 'Ghi chú'],
  sample: [
    ['1', 'Trần Thị Đức', '09/03/2012', '0912345678', 'Trần Văn Hùng', '0903 111 222', 'duc.tran@gmail.com', 'THCS Nguyễn Du', 'Movers', 'Đang học', 'FB', 'c. Hà', 'Học thứ 3-5-7'],
    ['2', 'nguyễn văn an', '12.5.2010', '8.49E+10', 'Nguyễn Thị Hoa', '01683 939 999', '', 'THCS Lê Lợi', 'Flyers', 'bảo lưu', 'Zalo', 'c. Hà', ''],
    ['3', 'Nguyễn Văn An', '2010', '', 'Nguyễn Thị Hoa', '0389393999/0912000111', 'an@gmail,com', 'THCS Lê Lợi', 'Flyers', 'Bảo lưu', 'zalo', '', 'em của Bình'],
    ['4', 'Lê Ngọc Ửng', '3/4/2011', '912777888', '', '', '', 'THCS Trần Văn Ơn', 'Starters', 'HT', 'giới thiệu', 'Bảo', ''],
    ['5', 'PHẠM GIA BẢO', '25/12/2013', '0987 654 321', 'Phạm Thu', '0987654321', 'thu.pham@yahoo.com', '', 'Starters', 'Đang học', 'Facebook', 'Bảo', 'Dị ứng đậu phộng'],
  ],
  rowCount: 3412,
  mapping: {
    columns: ['ignore', 'fullName', 'birthOn', 'phone', 'guardianName', 'guardianPhone', 'email', 'school', 'level', 'status', 'source', 'owner', 'note'],
    confidence: [40, 98, 96, 95, 90, 96, 99, 92, 70, 88, 88, 60, 95],
    values: {},
    matchKeys: ['phone', 'email', 'nameBirth'],
    dateOrder: 'dmy',
    mode: 'both',
    branch: null,
    owner: null,
    source: null,
    tags: ['Nhập 11/2026'],
  },
  isMappingRemembered: false,
  warnings: ['scientific:SĐT học viên'],
}

const valuesByColumn: Record<number, ImportValue[]> = {
  8: [
    { raw: 'Starters', count: 1204, guess: 'Starters' },
    { raw: 'Movers', count: 1122, guess: 'Movers' },
    { raw: 'Flyers', count: 1086, guess: 'Flyers' },
  ],
  9: [
    { raw: 'Đang học', count: 1874, guess: 'active' },
    { raw: 'Bảo lưu', count: 311, guess: 'paused' },
    { raw: 'bảo lưu', count: 97, guess: 'paused' },
    { raw: 'HT', count: 42, guess: null },
    { raw: 'Nghỉ', count: 688, guess: 'ended' },
  ],
  10: [
    { raw: 'FB', count: 903, guess: 'Facebook' },
    { raw: 'Facebook', count: 622, guess: 'Facebook' },
    { raw: 'Zalo', count: 415, guess: 'Zalo' },
    { raw: 'giới thiệu', count: 260, guess: 'Giới thiệu' },
    { raw: 'Tờ rơi hội chợ', count: 31, guess: null },
  ],
  11: [
    { raw: 'c. Hà', count: 1240, guess: 's1' },
    { raw: 'Bảo', count: 990, guess: 's2' },
  ],
}

const kindsOfRow: ImportRow[] = [
  {
    line: 5,
    outcome: 'new',
    name: 'Trần Thị Đức',
    contact: null,
    cells: [
      { field: 'fullName', raw: 'Trần Thị Đức', before: '', after: 'Trần Thị Đức' },
      { field: 'birthOn', raw: '09/03/2012', before: '', after: '2012-03-09' },
      { field: 'phone.1', raw: '0912345678', before: '', after: '+84912345678' },
      { field: 'status', raw: 'Đang học', before: '', after: 'active' },
    ],
    notes: [],
  },
  {
    line: 6,
    outcome: 'updated',
    name: 'Nguyễn Văn An',
    contact: 'c2',
    cells: [
      { field: 'guardianPhone', raw: '01683 939 999', before: '+84389393000', after: '+84383939999' },
      { field: 'status', raw: 'bảo lưu', before: 'active', after: 'paused' },
      { field: 'school', raw: 'THCS Lê Lợi', before: 'THCS Nguyễn Du', after: 'THCS Lê Lợi' },
    ],
    notes: [
      { code: 'lostDigits', column: 'SĐT học viên', text: '8.49E+10' },
      { code: 'elevenDigits', column: 'SĐT phụ huynh', text: '01683 939 999' },
    ],
  },
  {
    line: 7,
    outcome: 'duplicate',
    name: 'Nguyễn Văn An',
    contact: 'c2',
    cells: [{ field: 'phone.1', raw: '0389393999/0912000111', before: '', after: '+84389393999' }],
    notes: [
      { code: 'sameAsLine', column: 'Họ và tên', text: '6' },
      { code: 'twoPhones', column: 'SĐT phụ huynh', text: '0389393999/0912000111' },
    ],
  },
  {
    line: 8,
    outcome: 'unchanged',
    name: 'Phạm Gia Bảo',
    contact: 'c5',
    cells: [{ field: 'phone.1', raw: '0987 654 321', before: '+84987654321', after: '+84987654321' }],
    notes: [],
  },
  { line: 9, outcome: 'error', name: '', contact: null, cells: [], notes: [{ code: 'noName', column: 'Họ và tên', text: '' }] },
]

const counts = { new: 2890, updated: 311, unchanged: 148, duplicate: 42, error: 21, guardians: 1904 }

function rows({ outcome, offset, limit }: ImportRowsArgs) {
  const chosen = outcome ? kindsOfRow.filter((row) => row.outcome === outcome) : kindsOfRow
  const total = outcome ? counts[outcome as keyof typeof counts] : 3412
  const made = Array.from({ length: Math.min(limit, total - offset) }, (_, index) => {
    const row = chosen[(offset + index) % chosen.length] as ImportRow
    return { ...row, line: offset + index + 5 }
  })
  return { total, rows: made }
}

const view = (id: string, fileName: string, state: string, ageHours: number, rest: Partial<ImportView> = {}): ImportView => ({
  id,
  fileName,
  state,
  startedAtMs: Date.now() - ageHours * hour,
  rowsDone: 3412,
  rowsTotal: 3412,
  counts,
  job: null,
  action: 'a1',
  ...rest,
})

const none = { new: 0, updated: 0, unchanged: 0, duplicate: 0, error: 0, guardians: 0 }

/** Imports in every state. */
export const sampleImports: ImportView[] = [
  view('im2', 'go-vap.csv', 'running', 0.05, { rowsDone: 1310, counts: { ...none, new: 1100, updated: 204, error: 6 }, job: 'j2' }),
  view('im3', 'facebook-leads.csv', 'paused', 2, { rowsDone: 900, counts: { ...none, new: 880, error: 20 } }),
  view('im1', 'quan-1.csv', 'done', 26),
  view('im4', 'google-contacts.csv', 'draft', 30, { rowsDone: 0, rowsTotal: 512, counts: none }),
  view('im5', 'thu-duc.xlsx', 'failed', 50, { rowsDone: 1800, counts: { ...none, new: 1750, updated: 50 }, job: 'j5' }),
  view('im6', 'danh-sach-cu.csv', 'undone', 400),
]

const jobs: Record<string, JobView> = {
  check: { id: 'check', kind: 'importCheck', state: 'done', done: 3412, total: 3412, error: null, did: null },
  j2: { id: 'j2', kind: 'import', state: 'running', done: 1310, total: 3412, error: null, did: null },
  j5: { id: 'j5', kind: 'import', state: 'failed', done: 1800, total: 3412, error: 'disk_full', did: null },
  undo: { id: 'undo', kind: 'importUndo', state: 'running', done: 700, total: 3201, error: null, did: null },
}

/** What a core says about imports, for tests and for looking at screens in development. */
export const importAnswers: Answers = {
  'import.list': sampleImports,
  'import.open': sampleDraft,
  'import.read': sampleDraft,
  'import.values': ({ column }: { column: number }) => valuesByColumn[column] ?? [],
  'import.check': { job: 'check' },
  'import.get': ({ import: id }: { import: string }) => sampleImports.find((each) => each.id === id) ?? view(id, sampleDraft.fileName, 'done', 1),
  'import.rows': rows,
  'import.run': { job: 'j2' },
  'import.pause': view('im2', 'go-vap.csv', 'paused', 0.1),
  'import.errors': { handle: 'h1', name: 'quan-1 - lỗi.csv' },
  'import.undo': { job: 'undo' },
  'job.get': ({ job }: { job: string }) => jobs[job] ?? (jobs.check as JobView),
  'job.cancel': jobs.check,
}
