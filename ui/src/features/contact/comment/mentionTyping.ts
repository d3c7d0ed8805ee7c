import { useState, type KeyboardEvent } from 'react'
import { fold } from '../../../lib/vietnamese'
import { mentionBeingTyped, withMention } from '../person/personEdits'

/** Colleagues offered at a time. */
const OFFERED_MAX = 6

export type Colleague = { id: string; name: string }

/** What is offered while a colleague's name is typed after an `@`. */
export type MentionTyping = {
  offered: readonly Colleague[]
  /** Which of them Enter takes. */
  index: number
  take: (at: number) => void
  /** Whether the key was meant for the offer. */
  onKeyDown: (event: KeyboardEvent) => boolean
}

/** Offers colleagues for the name being typed at the end of a text. */
export function useMentionTyping(body: string, setBody: (body: string) => void, staff: readonly Colleague[]): MentionTyping {
  const [marked, setMarked] = useState(0)
  const typed = mentionBeingTyped(body)
  const offered = typed === null ? [] : staff.filter((each) => fold(each.name).includes(fold(typed))).slice(0, OFFERED_MAX)
  const index = Math.min(marked, Math.max(0, offered.length - 1))
  const take = (at: number) => {
    const name = offered[at]?.name
    if (name) setBody(withMention(body, name))
    setMarked(0)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (offered.length === 0 || event.ctrlKey || event.metaKey) return false
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step) setMarked((index + step + offered.length) % offered.length)
    else if (event.key === 'Enter' || event.key === 'Tab') take(index)
    else return false
    event.preventDefault()
    return true
  }
  return { offered, index, take, onKeyDown }
}
