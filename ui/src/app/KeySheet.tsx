import { Modal } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { actionSets, offeredActions, type Action } from '../kit/actions/registry'
import { Keys } from '../kit/Kbd'
import classes from './KeySheet.module.css'
import { overlay } from './shellState'

function byGroup(actions: readonly Action[]): [string, Action[]][] {
  const groups = new Map<string, Action[]>()
  for (const action of actions) {
    if (action.shortcut) groups.set(action.group, [...(groups.get(action.group) ?? []), action])
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
        {byGroup(offeredActions(sets)).map(([group, actions]) => (
          <section key={group} className={classes.group}>
            <h3 className={classes.title}>{group}</h3>
            <dl className={classes.list}>
              {actions.map((action) => (
                <div key={action.id} className={classes.line}>
                  <dt>{action.label}</dt>
                  <dd className={classes.keys}>
                    <Keys shortcut={action.shortcut ?? ''} />
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
