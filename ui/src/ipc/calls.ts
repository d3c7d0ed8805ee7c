/** What each call takes and gives: generated from the core. */
export type { Calls } from './bindings/calls'
