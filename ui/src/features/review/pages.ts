import type { PageArgs } from '../../ipc/bindings/PageArgs'

/** So many wait on the screen at first, and so many more each time; the core gives 500 at most. */
export const REVIEW_STEP = 100

/** The first so many of a list. */
export const pageOf = (limit: number): PageArgs => ({ offset: 0, limit })
