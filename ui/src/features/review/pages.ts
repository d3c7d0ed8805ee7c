import type { PageArgs } from '../../ipc/bindings/PageArgs'

/** So many wait on the screen at once; who has decided these gets the next. */
export const conflictPage: PageArgs = { offset: 0, limit: 200 }

/** So many pairs wait on the screen at once. */
export const duplicatePage: PageArgs = { offset: 0, limit: 200 }
