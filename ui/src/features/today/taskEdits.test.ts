import type { TaskView } from '../../ipc/bindings/TaskView'
import { atHour, completeEdit, postponeEdit } from './taskEdits'

const nowMs = new Date(2026, 10, 24, 10, 0).getTime()
const task: TaskView = {
  id: 'k1',
  contact: { id: 'c1', fullName: 'Trần Lan', kind: 'lead', phone: null, branch: null },
  kind: 'call',
  title: 'Gọi lại',
  dueAtMs: nowMs - 1,
  owner: 's1',
  repeat: null,
  outcome: null,
  doneAtMs: null, commentCount: 0,
}

it('one edit writes the outcome down and adds the next step for the same member of staff', () => {
  const edit = completeEdit(task, { outcome: 'noAnswer', note: '', next: 'callIn3Days', nextTitle: 'Gọi lại', nowMs })
  expect(edit).toMatchObject({
    noun: 'task',
    contact: 'c1',
    id: 'k1',
    edit: { do: 'complete', outcome: 'noAnswer', next: { task: { kind: 'call', owner: 's1', dueAtMs: atHour(nowMs, 3, 9) } } },
  })
})

it('nothing follows when nothing is to follow', () => {
  expect(completeEdit(task, { outcome: 'reached', note: '', next: 'none', nextTitle: '', nowMs })).toMatchObject({ edit: { next: null } })
})

it('an overdue task moves to tomorrow morning, one of later today keeps its hour', () => {
  expect(postponeEdit(task, nowMs)).toMatchObject({ edit: { dueAtMs: new Date(2026, 10, 25, 9).getTime() } })
  const later = { ...task, dueAtMs: new Date(2026, 10, 24, 15, 30).getTime() }
  expect(postponeEdit(later, nowMs)).toMatchObject({ edit: { dueAtMs: new Date(2026, 10, 25, 15).getTime() } })
})
