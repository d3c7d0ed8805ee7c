import type { NewTask } from '../../../ipc/bindings/NewTask'

/** The local instant `days` after `nowMs`, at `hour` o'clock. */
export function atHour(nowMs: number, days: number, hour: number): number {
  const date = new Date(nowMs)
  date.setDate(date.getDate() + days)
  date.setHours(hour, 0, 0, 0)
  return date.getTime()
}

/** A next step that one digit chooses. */
export type QuickStep = {
  id: string
  kind: string
  /** Null for "nothing more to do". */
  dueAt: ((nowMs: number) => number) | null
}

/** The usual next steps after a call, in the order of their digits. */
export const quickSteps: readonly QuickStep[] = [
  { id: 'callTomorrow', kind: 'call', dueAt: (nowMs) => atHour(nowMs, 1, 9) },
  { id: 'callIn3Days', kind: 'call', dueAt: (nowMs) => atHour(nowMs, 3, 9) },
  { id: 'callNextWeek', kind: 'call', dueAt: (nowMs) => atHour(nowMs, 7, 9) },
  { id: 'trialLesson', kind: 'meet', dueAt: (nowMs) => atHour(nowMs, 2, 18) },
  { id: 'sendInfo', kind: 'message', dueAt: (nowMs) => atHour(nowMs, 0, 17) },
  { id: 'none', kind: 'other', dueAt: null },
]

/** The usual outcomes of a call, in the order of their digits. */
export const callOutcomes = ['reached', 'noAnswer', 'interested', 'booked', 'callBack', 'notInterested', 'wrongNumber'] as const

/** Outcomes of tasks and talks that are no calls. */
export const otherOutcomes = ['done', 'interested', 'booked', 'notInterested'] as const

/** The task of a quick step, or null when it asks for none. */
export function stepTask(step: QuickStep, title: string, nowMs: number): NewTask | null {
  return step.dueAt ? { kind: step.kind, title, dueAtMs: step.dueAt(nowMs), owner: null, repeat: null } : null
}

/** When a task can be due, as one press. */
export const dueChoices: readonly { id: string; dueAt: (nowMs: number) => number }[] = [
  { id: 'today', dueAt: (nowMs) => atHour(nowMs, 0, 17) },
  { id: 'tomorrow', dueAt: (nowMs) => atHour(nowMs, 1, 9) },
  { id: 'in3Days', dueAt: (nowMs) => atHour(nowMs, 3, 9) },
  { id: 'nextWeek', dueAt: (nowMs) => atHour(nowMs, 7, 9) },
]
