import { Modal } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { actionSets, offeredActions, type Action } from '../kit/actions/registry'
import { Keys } from '../kit/Kbd'
import classes from './KeySheet.module.css'
import { overlay } from './shellState'

/** One thing that can be done, with every key that does it. */
type Line = { label: string; shortcuts: string[] }

/** What the keys do, by group; keys that do the same stand in one line. */
export function keyLines(actions: readonly Action[]): [string, Line[]][] {
  const groups = new Map<string, Line[]>()
  for (const { group, label, shortcut, alsoKeys = [] } of actions) {
    const shortcuts = [...(shortcut ? [shortcut] : []), ...alsoKeys]
    if (shortcuts.length === 0) continue
    const lines = groups.get(group) ?? []
    const known = lines.find((line) => line.label === label)
    if (known) known.shortcuts.push(...shortcuts)
    else lines.push({ label, shortcuts })
    groups.set(group, lines)
  }
  return [...groups]
}

/** All keys that work here, from the same list as the palette. */
export function KeySheet() {
  const { t } = useTranslation()
  const open = useSyncExternalStore(overlay.subscribe, overlay.get)
  const sets = useSyncExternalStore(actionSets.subscribe, actionSets.get)
  return (
    <Modal
      opened={open === 'keys'}
      onClose={() => overlay.set(null)}
      title={t('actions.keys')}
      size={680}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <div className={classes.groups}>
        {keyLines(offeredActions(sets)).map(([group, lines]) => (
          <section key={group} className={classes.group}>
            <h3 className={classes.title}>{group}</h3>
            <dl className={classes.list}>
              {lines.map(({ label, shortcuts }) => (
                <div key={label} className={classes.line}>
                  <dt>{label}</dt>
                  <dd className={classes.keys}>
                    {shortcuts.map((shortcut) => (
                      <Keys key={shortcut} shortcut={shortcut} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
