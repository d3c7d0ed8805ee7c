import type { NewTask } from '../../../ipc/bindings/NewTask'

const day = 86_400_000

/** The local instant `days` after `nowMs`, at `hour` o'clock. */
export function atHour(nowMs: number, days: number, hour: number): number {
  const date = new Date(nowMs + days * day)
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

/** The usual next steps after a call, in the order of their digits; the last is 0. */
export const quickSteps: readonly QuickStep[] = [
  { id: 'callTomorrow', kind: 'call', dueAt: (nowMs) => atHour(nowMs, 1, 9) },
  { id: 'callIn3Days', kind: 'call', dueAt: (nowMs) => atHour(nowMs, 3, 9) },
  { id: 'callNextWeek', kind: 'call', dueAt: (nowMs) => atHour(nowMs, 7, 9) },
  { id: 'trialLesson', kind: 'meet', dueAt: (nowMs) => atHour(nowMs, 2, 18) },
  { id: 'sendInfo', kind: 'message', dueAt: (nowMs) => atHour(nowMs, 0, 17) },
  { id: 'none', kind: 'other', dueAt: null },
]

/** The usual outcomes of a call, in the order of their digits. */
export const callOutcomes = ['reached', 'noAnswer', 'interested', 'notInterested', 'booked', 'callBack', 'wrongNumber'] as const

/** Outcomes that are offered for other kinds of interactions. */
export const otherOutcomes = ['reached', 'interested', 'notInterested', 'booked'] as const

/** The task of a quick step, or null when it asks for none. */
export function stepTask(step: QuickStep, title: string, nowMs: number): NewTask | null {
  return step.dueAt ? { kind: step.kind, title, dueAtMs: step.dueAt(nowMs), owner: null, repeat: null } : null
}

/** What a digit key means among `count` choices: 1 is the first, 0 the last of ten or the one kept for it. */
export function digitPlace(key: string, count: number, zeroIsLast = false): number | null {
  if (!/^\d$/.test(key)) return null
  const digit = Number(key)
  if (digit === 0) return zeroIsLast ? count - 1 : null
  const places = zeroIsLast ? count - 1 : count
  return digit <= places ? digit - 1 : null
}

/** When a task can be due, as one press. */
export const dueChoices: readonly { id: string; dueAt: (nowMs: number) => number }[] = [
  { id: 'today', dueAt: (nowMs) => atHour(nowMs, 0, 17) },
  { id: 'tomorrow', dueAt: (nowMs) => atHour(nowMs, 1, 9) },
  { id: 'in3Days', dueAt: (nowMs) => atHour(nowMs, 3, 9) },
  { id: 'nextWeek', dueAt: (nowMs) => atHour(nowMs, 7, 9) },
]
