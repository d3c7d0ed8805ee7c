import {
  IconBrandFacebook, IconMessage, IconMessageCircle, IconChecklist, IconDeviceMobileMessage, IconMail, IconMailbox, IconNote, IconPencil, IconPhone,
  IconPoint, IconUserPlus, IconUsers, IconWorld, type Icon,
} from '@tabler/icons-react'
import type { Tone } from '../../../kit/StatusDot'

/** What people write down; `comment` is for colleagues, all others happened, in the order of the composer. */
export const writtenKinds = ['note', 'comment', 'call', 'meeting', 'zalo', 'sms', 'email', 'facebook', 'letter', 'web', 'other'] as const

/** From which width on, in pixels, so many kinds stand side by side. */
const room = [[580, 7], [392, 5]] as const

/** The kinds for which there is room in so many pixels; one chosen from the others stands in for the last. */
export function kindsInSight(chosen: string, width: number): readonly string[] {
  const first = writtenKinds.slice(0, room.find(([from]) => width >= from)?.[1] ?? 4)
  return first.some((each) => each === chosen) ? first : [...first.slice(0, -1), chosen]
}

/** Kinds that have a direction and an outcome. */
export const talkKinds: ReadonlySet<string> = new Set(['call', 'meeting', 'zalo', 'sms', 'email', 'facebook', 'letter'])

const icons: Record<string, Icon> = {
  note: IconNote, comment: IconMessage, call: IconPhone, meeting: IconUsers, email: IconMail, sms: IconDeviceMobileMessage, zalo: IconMessageCircle,
  facebook: IconBrandFacebook, letter: IconMailbox, web: IconWorld, task: IconChecklist, change: IconPencil, created: IconUserPlus,
}

const tones: Record<string, Tone> = { call: 'accent', meeting: 'accent', note: 'warning', zalo: 'info', sms: 'info', email: 'info', facebook: 'info' }

/** The picture of a kind of entry. */
export function entryIcon(kind: string): Icon {
  return icons[kind] ?? IconPoint
}

/** The tint of a kind of entry. */
export function entryTone(kind: string): Tone {
  return tones[kind] ?? 'neutral'
}
