import type { CommentEdit } from '../../../ipc/bindings/CommentEdit'
import type { ContactEdit } from '../../../ipc/bindings/ContactEdit'
import type { Edit } from '../../../ipc/bindings/Edit'
import type { InteractionEdit } from '../../../ipc/bindings/InteractionEdit'
import type { Subject } from '../../../ipc/bindings/Subject'
import type { TaskEdit } from '../../../ipc/bindings/TaskEdit'

/** A wish about a person. */
export const aboutContact = (id: string, edit: ContactEdit): Edit => ({ noun: 'contact', id, edit })

/** A wish about an interaction of a person. */
export const aboutInteraction = (contact: string, id: string, edit: InteractionEdit): Edit => ({ noun: 'interaction', contact, id, edit })

/** A wish about a task of a person. */
export const aboutTask = (contact: string, id: string, edit: TaskEdit): Edit => ({ noun: 'task', contact, id, edit })

/** A wish about a colleague's remark. */
export const aboutComment = (contact: string, about: Subject, id: string, edit: CommentEdit): Edit => ({ noun: 'comment', contact, about, id, edit })

/** Sets or clears one field of a person. */
export const setField = (id: string, field: string, value: string | null): Edit => aboutContact(id, { do: 'set', field, value })
