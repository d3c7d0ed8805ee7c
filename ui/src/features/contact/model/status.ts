import type { Tone } from '../../../kit/StatusDot'

/** How a place in the life cycle is drawn. */
export const statusMarks: Record<string, { tone: Tone; hollow?: boolean }> = {
  new: { tone: 'info', hollow: true },
  contacted: { tone: 'info' },
  trial: { tone: 'warning' },
  active: { tone: 'success' },
  paused: { tone: 'neutral', hollow: true },
  ended: { tone: 'neutral' },
  lost: { tone: 'danger', hollow: true },
}
