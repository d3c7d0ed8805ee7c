import type { Definitions } from '../../ipc/bindings/Definitions'
import type { TaskView } from '../../ipc/bindings/TaskView'
import type { ContactRow } from '../../ipc/bindings/ContactRow'
import { sampleDefinitions, samplePeople } from '../../testing/samplePeople'
import { targetOf } from './bulk/bulk'
import { cellValue, columnKeys, columnOf, fileColumns } from './list/columns'
import { everyone, isChanged, movedColumn } from './list/listState'
import { asFilterField, hasPart, partText, quickFilters, togglePart, withoutPart } from './list/filterFields'
import { nextCell } from './list/useCellEdit'
import { shownViews } from './list/ViewTabs'
import { fieldOf } from './model/fields'
import { readTyped, valueText } from './model/values'
import { latestConsents } from './person/Consents'
import { answeredTask, mentionBeingTyped, mentionsIn, withMention } from './person/personEdits'
import { createEdit, emptyDraft } from './quickAdd/draft'
import { relationEdit } from './related/Relations'
import { atHour } from './task/steps'
import { readWhen } from './timeline/when'

const say = (key: string, options?: Record<string, unknown>) => (options?.defaultValue === '' ? '' : `${key}${options?.count === undefined ? '' : `(${String(options.count)})`}`)
const definitions: Definitions = sampleDefinitions
const field = (key: string) => fieldOf(key, definitions, say)
const fields = { definitions, field, text: (key: string, value: string) => valueText(field(key), value), branch: () => '', staff: () => '' }

it('reads what is typed into a cell by the kind of its field', () => {
  expect(readTyped(field('birthOn'), '9/3/2012')).toBe('2012-03-09')
  expect(readTyped(field('birthOn'), '31/2/2012')).toBeUndefined()
  expect(readTyped(field('fullName'), '  Trần   Thị Lan ')).toBe('Trần Thị Lan')
  expect(readTyped(field('status'), 'terms.status.trial')).toBe('trial')
  expect(readTyped(field('source'), '')).toBeNull()
})

it('a further phone is named like the first', () => {
  expect(field('phone.01HXYZ').label).toBe('terms.field.phone')
})

it('says a nested filter in words', () => {
  const part = { is: 'any' as const, of: [
    { is: 'rule' as const, field: 'status', op: 'is' as const, value: ['trial'] },
    { is: 'rule' as const, field: 'level', op: 'isEmpty' as const, value: null },
  ] }
  expect(partText(part, fields, say)).toBe('terms.field.status: terms.status.trial chips.any terms.field.level: chips.op.isEmpty')
})

it('a quick filter goes on and off, and leaves the others', () => {
  const [silent, without] = quickFilters(null).map((each) => each.rule)
  if (!silent || !without) throw new Error('two quick filters')
  const both = togglePart(togglePart(everyone.filter, silent), without)
  expect(hasPart(both, silent) && hasPart(both, without)).toBe(true)
  expect(togglePart(both, silent)).toEqual({ is: 'all', of: [without] })
  expect(withoutPart(both, 1)).toEqual({ is: 'all', of: [silent] })
})

it('a filter of "any" stays whole when a quick filter joins it', () => {
  const any = { is: 'any' as const, of: [{ is: 'rule' as const, field: 'kind', op: 'is' as const, value: ['lead'] }] }
  const [silent] = quickFilters(null)
  expect(togglePart(any, silent?.rule ?? any)).toEqual({ is: 'all', of: [any, silent?.rule] })
})

it('every column that a row can fill is offered, and only those that the core orders by are sorted', () => {
  expect(columnKeys(fields)).toEqual(expect.arrayContaining(['honorific', 'age', 'birthday', 'hasConflict', sampleDefinitions.fields[0]?.field]))
  const sorted = columnKeys(fields).map((key) => columnOf(key, fields).sortField).filter(Boolean)
  expect(sorted).toEqual(['fullName', 'kind', 'status', 'statusSince', 'branch', 'owner', 'source', 'level', 'school', 'birthOn', 'lastInteractionAt', 'nextStepAt', 'createdAt', 'updatedAt'])
})

it('a column shows what the core sent along for it, and own fields theirs', () => {
  const row = { ...samplePeople(1, 0)[0], further: { guardianName: 'Lê Thị Hoa' }, custom: { f1: 'Du học' } } as ContactRow
  expect([cellValue(row, 'guardianName'), cellValue(row, 'address'), cellValue(row, 'custom.f1')]).toEqual(['Lê Thị Hoa', '', 'Du học'])
})

it('a file has the date of birth where the list has the age or the birthday', () => {
  expect(fileColumns(['fullName', 'age', 'birthday', 'hasConflict', 'level'])).toEqual(['fullName', 'birthOn', 'level'])
})

it('moves columns to where they are dropped', () => {
  expect(movedColumn(['a', 'b', 'c'], 'a', 'c')).toEqual(['b', 'c', 'a'])
  expect(movedColumn(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b'])
  expect(movedColumn(['a', 'b'], 'x', 'a')).toEqual(['a', 'b'])
})

it('what is typed into the search field does not change a view', () => {
  expect(isChanged({ ...everyone, search: 'lan' }, everyone)).toBe(false)
  expect(isChanged({ ...everyone, groupBy: 'status' }, everyone)).toBe(true)
})

it('shows shared views and own ones, pinned first', () => {
  const view = (id: string, staff: string | null, isPinned: boolean) => ({ id, name: id, staff, isPrivate: staff !== null, isPinned, preset: null, view: everyone })
  expect(shownViews([view('b', null, false), view('a', 'me', true), view('c', 'her', true)], 'me').map((each) => each.id)).toEqual(['a', 'b'])
})

it('Tab steps over cells that cannot be edited', () => {
  expect(nextCell(['fullName', 'branch', 'status'], 'fullName', 1)).toBe('status')
  expect(nextCell(['fullName', 'branch', 'status'], 'status', 1)).toBeNull()
})

it('an action is about those chosen, else about the one under the keys', () => {
  expect(targetOf({ isAll: false, ids: new Set() }, everyone, 9, 'a')).toEqual({ selection: { which: 'these', ids: ['a'] }, count: 1 })
  expect(targetOf({ isAll: true, ids: new Set(['x']) }, everyone, 9, 'a')).toEqual({ selection: { which: 'matching', view: everyone, except: ['x'] }, count: 8 })
  expect(targetOf({ isAll: false, ids: new Set() }, everyone, 0, undefined)).toBeNull()
})

it('a call made now answers the earliest call that is due, not one of next week', () => {
  const now = 1_000_000_000_000
  const task = (id: string, kind: string, inDays: number) => ({ id, kind, dueAtMs: now + inDays * 86_400_000, doneAtMs: null }) as TaskView
  expect(answeredTask([task('a', 'call', 7), task('b', 'call', 0.5), task('c', 'call', -2), task('d', 'meet', -5)], now)?.id).toBe('c')
  expect(answeredTask([task('a', 'call', 7)], now)).toBeUndefined()
})

it('a link from the other side is made on the other person', () => {
  expect(relationEdit('me', 'child', 'kid', true)).toEqual({ noun: 'contact', id: 'kid', edit: { do: 'relate', kind: 'guardian', other: 'me' } })
  expect(relationEdit('me', 'sibling', 'sis', false)).toEqual({ noun: 'contact', id: 'me', edit: { do: 'unrelate', kind: 'sibling', other: 'sis' } })
})

it('finds who is called by name', () => {
  expect(mentionBeingTyped('nhờ @Lê Th')).toBe('Lê Th')
  expect(mentionBeingTyped('a@b')).toBeNull()
  expect(withMention('nhờ @Lê', 'Lê Thu Hà')).toBe('nhờ @Lê Thu Hà ')
  const both = [{ id: 's1', name: 'Lan' }, { id: 's2', name: 'Lan Anh' }]
  expect(mentionsIn('nhờ @Lan Anh, xem', both)).toEqual(['s2'])
  expect(mentionsIn('@Lan và @Lan Anh', both)).toEqual(['s1', 's2'])
  expect(mentionsIn('@Lang', both)).toEqual([])
  expect(mentionsIn('@Lê Thu Hà xem nhé', [{ id: 's1', name: 'Lê Thu Hà' }, { id: 's2', name: 'Bảo' }])).toEqual(['s1'])
})

it('only the latest word on a consent counts', () => {
  const consent = (isGranted: boolean, atMs: number) => ({ purpose: 'care', channel: 'any', isGranted, atMs, evidence: '' })
  expect(latestConsents([consent(false, 2), consent(true, 1)])).toEqual([consent(false, 2)])
})

it('a new person carries only what was typed', () => {
  expect(createEdit({ ...emptyDraft('b1'), fullName: ' An ', kind: 'student' })).toEqual({ do: 'create', tags: [], facts: [
    { field: 'fullName', value: 'An' }, { field: 'kind', value: 'student' }, { field: 'branch', value: 'b1' },
  ] })
})

it('tomorrow morning is nine o’clock by the calendar, and nothing happened in the future', () => {
  const now = new Date(2026, 10, 24, 23, 30).getTime()
  expect(new Date(atHour(now, 1, 9))).toEqual(new Date(2026, 10, 25, 9))
  expect(readWhen('2026-11-24T10:00', now)).toBe(new Date(2026, 10, 24, 10).getTime())
  expect(readWhen('2026-12-24T10:00', now)).toBeNull()
})

it('a birthday is asked about only as something that comes every year', () => {
  expect(asFilterField(field('birthday')).operators).not.toContain('before')
  expect(asFilterField(field('birthOn')).operators).toBeUndefined()
})
