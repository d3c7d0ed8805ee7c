import type { ContactRow } from '../ipc/bindings/ContactRow'
import type { Definitions } from '../ipc/bindings/Definitions'
import { compareNames } from '../lib/vietnamese'

/** An identifier that looks like a real one and stays the same. */
export const sampleId = (kind: string, index: number) => `01SAMP${kind}${String(index).padStart(26 - 6 - kind.length, '0')}`

const families = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý']
const middles = ['Thị', 'Văn', 'Ngọc', 'Gia', 'Minh', 'Thanh', 'Hồng', 'Đức', 'Quỳnh', 'Hữu', 'Thuỳ', 'Bảo']
const given = ['An', 'Ánh', 'Bảo', 'Chi', 'Dũng', 'Duyên', 'Đức', 'Giang', 'Hà', 'Hân', 'Hiếu', 'Huy', 'Khang', 'Khánh', 'Lan', 'Linh', 'Long', 'Mai', 'Minh', 'My', 'Nam', 'Ngân', 'Nhi', 'Oanh', 'Phúc', 'Phương', 'Quân', 'Quỳnh', 'Sơn', 'Tâm', 'Thảo', 'Thư', 'Trang', 'Trí', 'Tú', 'Uyên', 'Vân', 'Vy', 'Yến', 'Ổn']
const honorifics = ['em', 'bé', 'chị', 'anh', 'em', 'cô']
const levels = ['Starters', 'Movers', 'Flyers', 'KET', 'PET', 'IELTS 5.5']
const sources = ['Facebook', 'Giới thiệu', 'Vãng lai', 'Zalo OA', 'Trang web', 'Hội thảo trường']
const schools = ['TH Lê Văn Tám', 'THCS Nguyễn Du', 'THCS Gò Vấp 2', 'TH Kim Đồng', 'THPT Trần Hưng Đạo']
const tags = ['Học bổng', 'Hè 2026', 'VIP', 'Cần gọi lại', 'Anh em ruột']
const statuses = ['new', 'contacted', 'trial', 'active', 'active', 'active', 'paused', 'ended', 'lost']
const titles = ['Gọi lại hẹn học thử', 'Nhắc đóng học phí', 'Gửi lịch khai giảng', 'Báo kết quả kiểm tra', 'Mời hội thảo']
const day = 86_400_000

const pick = <T,>(list: readonly T[], seed: number): T => list[Math.abs(seed) % list.length] as T

/** The lists that every sample screen draws from. */
export const sampleDefinitions: Definitions = {
  branches: ['Quận 1', 'Gò Vấp', 'Thủ Đức'].map((name, index) => ({ id: sampleId('BR', index), name, isHeld: index < 2 })),
  staff: ['Lê Thu Hà', 'Phạm Quốc Bảo', 'Võ Minh Tâm', 'Nguyễn Kim Ngân'].map((name, index) => ({
    id: sampleId('ST', index), name, branch: sampleId('BR', index % 3), role: index === 0 ? 'manager' : 'staff', isActive: true,
  })),
  tags: tags.map((label, index) => ({ id: sampleId('TG', index), label, count: 40 - index * 7 })),
  fields: [
    { id: sampleId('FD', 0), field: `custom.${sampleId('FD', 0)}`, label: 'Cỡ áo', kind: 'choice', choices: ['S', 'M', 'L'] },
    { id: sampleId('FD', 1), field: `custom.${sampleId('FD', 1)}`, label: 'Đã nhận sách', kind: 'yesNo', choices: [] },
  ],
  views: [
    { id: sampleId('VW', 0), name: 'Cần gọi hôm nay', staff: null, isPrivate: false, isPinned: true, preset: null, view: {
      filter: { is: 'all', of: [
        { is: 'rule', field: 'status', op: 'is', value: ['new', 'contacted'] },
        { is: 'rule', field: 'lastInteractionAt', op: 'olderThanDays', value: 14 },
      ] }, search: '', sort: [{ field: 'lastInteractionAt', isDescending: false }], groupBy: null, columns: [] } },
    { id: sampleId('VW', 1), name: 'Theo tình trạng', staff: sampleId('ST', 0), isPrivate: true, isPinned: false, preset: null, view: {
      filter: { is: 'all', of: [] }, search: '', sort: [], groupBy: 'status', columns: [] } },
    { id: sampleId('VW', 9), name: 'Đang học thử', staff: null, isPrivate: false, isPinned: false, preset: 'onTrial', view: {
      filter: { is: 'all', of: [{ is: 'rule', field: 'status', op: 'is', value: ['trial'] }] }, search: '', sort: [{ field: 'statusSince', isDescending: false }], groupBy: null, columns: [] } },
  ],
  sources, levels, schools,
}

function samplePerson(index: number, nowMs: number): ContactRow {
  const spread = (index * 2654435761) >>> 0
  const name = [pick(families, spread), pick(middles, spread >> 4), pick(given, spread >> 9)].join(' ')
  const hasStep = index % 3 !== 0
  return {
    id: sampleId('CT', index),
    fullName: name,
    honorific: pick(honorifics, index),
    kind: index % 7 === 0 ? 'guardian' : index % 3 === 0 ? 'student' : 'lead',
    status: index % 11 === 0 ? null : pick(statuses, spread >> 3),
    branch: sampleId('BR', spread % 3),
    owner: index % 5 === 0 ? null : sampleId('ST', spread % 4),
    phone: index % 13 === 0 ? null : `+849${String(10_000_000 + (spread % 89_999_999)).slice(0, 8)}`,
    email: index % 4 === 0 ? `ph${index}@example.com` : null,
    school: index % 7 === 0 ? null : pick(schools, spread >> 5),
    level: index % 7 === 0 ? null : pick(levels, spread >> 6),
    source: pick(sources, spread >> 7),
    birthOn: index % 7 === 0 ? null : `${2008 + (spread % 11)}-${String(1 + (spread % 12)).padStart(2, '0')}-${String(1 + (spread % 28)).padStart(2, '0')}`,
    tags: index % 2 ? [] : [{ id: sampleId('TG', spread % 5), label: pick(tags, spread % 5) }],
    lastInteractionAtMs: index % 9 === 0 ? null : nowMs - (spread % 60) * day - (spread % 20) * 3_600_000,
    nextStep: hasStep ? { task: sampleId('TK', index), title: pick(titles, spread >> 8), dueAtMs: nowMs + ((spread % 14) - 4) * day } : null,
    statusSinceMs: index % 11 === 0 ? null : nowMs - (spread % 90) * day,
    createdAtMs: nowMs - (spread % 400) * day,
    updatedAtMs: nowMs - (spread % 30) * day,
    conflictCount: index % 17 === 3 ? 1 : 0,
    custom: {}, further: {},
  }
}

/** So many people of a sample centre, in the order of a list. */
export function samplePeople(count: number, nowMs: number): ContactRow[] {
  return Array.from({ length: count }, (_, index) => samplePerson(index, nowMs)).sort((a, b) => compareNames(a.fullName, b.fullName))
}
