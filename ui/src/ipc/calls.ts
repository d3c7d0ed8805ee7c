import type { Calls } from './bindings/calls'

export type { Calls } from './bindings/calls'

/** A name that the core knows. */
export type CallName = keyof Calls
/** What a call takes. */
export type ArgsOf<Name extends CallName> = Calls[Name]['args']
/** What a call gives. */
export type ResultOf<Name extends CallName> = Calls[Name]['result']
