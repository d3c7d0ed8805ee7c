import type { Action } from '../actions/registry'

/** What the keys of a table do. */
export type TableHands = {
  onWalk: (step: number) => void
  onPage: () => void
  onTop: () => void
  onOpen?: () => void
  /** Undefined where rows cannot be chosen. */
  choosing?: { onToggle: () => void; onExtend: () => void; onAll: () => void; onNone: () => void }
}

/** The keys of a table as actions: letters work anywhere on the screen, the others while the table has the focus. */
export function tableActions(t: (key: string) => string, hands: TableHands): Action[] {
  const key = (id: string, label: string, shortcut: string | undefined, alsoKeys: string[], run: () => void): Action => ({
    id: `list.${id}`, label, group: t('kit.listKeys'), shortcut, alsoKeys, onlyKey: true, run,
  })
  const { onOpen, choosing } = hands
  return [
    key('next', t('kit.next'), 'j', ['arrowdown'], () => hands.onWalk(1)),
    key('previous', t('kit.previous'), 'k', ['arrowup'], () => hands.onWalk(-1)),
    key('page', t('kit.page'), undefined, ['pagedown', 'pageup'], hands.onPage),
    key('ends', t('kit.ends'), undefined, ['home', 'end'], hands.onTop),
    ...(onOpen ? [key('open', t('kit.openRow'), undefined, ['enter'], onOpen)] : []),
    ...(choosing
      ? [
          key('select', t('kit.selectRow'), 'x', ['space'], choosing.onToggle),
          key('extend', t('kit.extend'), undefined, ['shift+arrowdown', 'shift+arrowup'], choosing.onExtend),
          key('all', t('kit.selectAll'), undefined, ['mod+a'], choosing.onAll),
          key('none', t('kit.selectNone'), undefined, ['escape'], choosing.onNone),
        ]
      : []),
  ]
}
