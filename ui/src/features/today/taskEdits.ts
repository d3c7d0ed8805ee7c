import { ulid } from 'ulid'
import type { Edit } from '../../ipc/bindings/Edit'
import type { TaskView } from '../../ipc/bindings/TaskView'

/** How a task can end, in the order of their digits. */
export const outcomes = ['reached', 'noAnswer', 'interested', 'booked', 'callBack', 'notInterested', 'wrongNumber'] as const
export type Outcome = (typeof outcomes)[number]

/** Outcomes of tasks that are no calls. */
export const plainOutcomes = ['done', 'interested', 'booked', 'notInterested'] as const
export type PlainOutcome = (typeof plainOutcomes)[number]

/** What may follow, in the order of their digits. */
export const nextSteps = ['callTomorrow', 'callIn3Days', 'callNextWeek', 'trialLesson', 'sendInfo', 'none'] as const
export type NextStepId = (typeof nextSteps)[number]

const steps: Record<Exclude<NextStepId, 'none'>, { kind: string; days: number; hour: number }> = {
  callTomorrow: { kind: 'call', days: 1, hour: 9 },
  callIn3Days: { kind: 'call', days: 3, hour: 9 },
  callNextWeek: { kind: 'call', days: 7, hour: 9 },
  trialLesson: { kind: 'meet', days: 2, hour: 18 },
  sendInfo: { kind: 'message', days: 0, hour: 17 },
}

/** The local instant `days` after `nowMs` at `hour` o'clock. */
export function atHour(nowMs: number, days: number, hour: number): number {
  const date = new Date(nowMs)
  date.setDate(date.getDate() + days)
  date.setHours(hour, 0, 0, 0)
  return date.getTime()
}

type Ending = { outcome: string; note: string; next: NextStepId; nextTitle: string; nowMs: number }

/** Ends a task: its outcome is written down and the next step is added, as one edit. */
export function completeEdit(task: TaskView, { outcome, note, next, nextTitle, nowMs }: Ending): Edit {
  const step = next === 'none' ? null : steps[next]
  return {
    noun: 'task',
    contact: task.contact.id,
    id: task.id,
    edit: {
      do: 'complete',
      outcome,
      note,
      interaction: ulid(),
      next: step && {
        id: ulid(),
        task: { kind: step.kind, title: nextTitle, dueAtMs: atHour(nowMs, step.days, step.hour), owner: task.owner, repeat: null },
      },
    },
  }
}

/** Puts a task off until tomorrow morning, or to the same hour of tomorrow when it has one later today. */
export function postponeEdit(task: TaskView, nowMs: number): Edit {
  const hour = task.dueAtMs && task.dueAtMs > nowMs ? new Date(task.dueAtMs).getHours() : 9
  return {
    noun: 'task',
    contact: task.contact.id,
    id: task.id,
    edit: { do: 'change', title: null, dueAtMs: atHour(nowMs, 1, hour), owner: null, isDueCleared: false, repeat: null },
  }
}
