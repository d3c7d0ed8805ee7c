import type { Action } from '../../kit/actions/registry'
import type { BulkKind } from './bulk/bulk'

type Say = (key: string, options?: Record<string, unknown>) => string

/** What the actions of the list need from it. */
export type ListHands = {
  /** How many people an action would be about now. */
  count: () => number
  fieldLabel: (key: string) => string
  onDo: (kind: BulkKind) => void
  onEdit: () => void
  onSearch: () => void
  onFilter: () => void
  onBin: () => void
}

/** What can be done in the list of people: to those chosen, else to the person the keys stand on. */
export function listActions(t: Say, hands: ListHands): Action[] {
  const group = t('nav.people')
  const isEnabled = () => hands.count() > 0
  const toThem = (id: string, label: string, kind: BulkKind, shortcut?: string): Action => ({
    id, label, group, shortcut, isEnabled, run: () => hands.onDo(kind),
  })
  const set = (field: string, shortcut?: string) =>
    toThem(`contact.set.${field}`, t('bulk.set', { field: hands.fieldLabel(field).toLocaleLowerCase() }), { do: 'set', field }, shortcut)
  return [
    { id: 'contact.edit', label: t('people.editRow'), group, shortcut: 'e', isEnabled, onlyKey: true, run: hands.onEdit },
    set('status', 's'),
    set('owner', 'a'),
    toThem('contact.tag', t('bulk.addTag'), { do: 'addTag' }, 't'),
    toThem('contact.untag', t('bulk.removeTag'), { do: 'removeTag' }, 'shift+t'),
    toThem('contact.task', t('bulk.addTask'), { do: 'addTask' }, 'n'),
    set('level'),
    set('source'),
    set('kind'),
    toThem('contact.export', t('bulk.export'), { do: 'export' }, 'shift+e'),
    toThem('contact.delete', t('bulk.delete'), { do: 'delete' }, 'delete'),
    { id: 'list.search', label: t('people.search'), group, shortcut: '/', onlyKey: true, run: hands.onSearch },
    { id: 'list.filter', label: t('people.filter'), group, shortcut: 'f', run: hands.onFilter },
    { id: 'go.bin', label: t('people.bin'), group: t('actions.go'), shortcut: 'g b', run: hands.onBin },
  ]
}

/** What the actions of a person's page need from it. */
export type PersonHands = {
  onCall: () => void
  onNote: () => void
  onTask: () => void
  onNext: (() => void) | null
  onPrevious: (() => void) | null
  onBack: () => void
  onDelete: () => void
  onRename: () => void
  onTag: () => void
}

/** What can be done on a person's page. */
export function personActions(t: Say, hands: PersonHands): Action[] {
  const group = t('person.group')
  return [
    { id: 'person.call', label: t('person.logCall'), group, shortcut: 'l', run: hands.onCall },
    { id: 'person.note', label: t('person.writeNote'), group, shortcut: 'm', run: hands.onNote },
    { id: 'person.task', label: t('task.add'), group, shortcut: 'n', run: hands.onTask },
    { id: 'person.tag', label: t('bulk.addTag'), group, shortcut: 't', run: hands.onTag },
    { id: 'person.rename', label: t('person.rename'), group, shortcut: 'e', run: hands.onRename },
    { id: 'person.next', label: t('person.next'), group, shortcut: 'j', onlyKey: true, isEnabled: () => hands.onNext !== null, run: () => hands.onNext?.() },
    { id: 'person.previous', label: t('person.previous'), group, shortcut: 'k', onlyKey: true, isEnabled: () => hands.onPrevious !== null, run: () => hands.onPrevious?.() },
    { id: 'person.back', label: t('person.back'), group, shortcut: 'escape', onlyKey: true, run: hands.onBack },
    { id: 'person.delete', label: t('bulk.delete'), group, run: hands.onDelete },
  ]
}
