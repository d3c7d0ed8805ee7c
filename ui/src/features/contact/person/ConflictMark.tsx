import { Popover } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConflictVersion } from '../../../ipc/bindings/ConflictVersion'
import type { ConflictView } from '../../../ipc/bindings/ConflictView'
import { RelativeTime } from '../../../kit/RelativeTime'
import { conflictLabel, saidShort } from '../../../lib/terms'
import { aboutContact } from '../model/edits'
import { useAsk } from '../model/useAsk'
import type { Fields } from '../model/useFields'
import classes from './Conflict.module.css'

type Props = { conflict: ConflictView; fields: Fields }

/** Says that devices disagree on a field; opens the choice, which one digit makes. */
export function ConflictMark({ conflict, fields }: Props) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [isOpen, setOpen] = useState(false)
  const label = conflict.about ? conflictLabel(t, conflict) : fields.field(conflict.field).label
  const choose = (version: ConflictVersion) => {
    setOpen(false)
    const edit = aboutContact(conflict.contact.id, { do: 'resolve', field: conflict.field, value: version.value })
    void ask([edit], t('person.chosen', { what: label, value: saidShort(fields.text(conflict.field, version.value)) }))
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" width={320} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.mark} aria-label={t('person.conflict', { count: conflict.versions.length })} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <IconGitMerge size={13} aria-hidden />
          {conflict.versions.length}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel} aria-label={t('person.conflictOn', { what: label })}>
        <div className={classes.title}>{t('person.conflictOn', { what: label })}</div>
        {isOpen ? <Versions conflict={conflict} fields={fields} onChoose={choose} /> : null}
      </Popover.Dropdown>
    </Popover>
  )
}

function Versions({ conflict, fields, onChoose }: Props & { onChoose: (version: ConflictVersion) => void }) {
  const { t } = useTranslation()
  const latest = useRef({ conflict, onChoose })
  useEffect(() => {
    latest.current = { conflict, onChoose }
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const version = latest.current.conflict.versions[Number(event.key) - 1]
      if (!version || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      event.stopPropagation()
      latest.current.onChoose(version)
    }
    document.addEventListener('keydown', onKeyDown, { capture: true })
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
  return (
    <div className={classes.versions}>
      {conflict.versions.map((version, index) => (
        <button key={`${version.value}-${index}`} type="button" className={classes.version} data-autofocus={index === 0 || undefined} aria-keyshortcuts={String(index + 1)} onClick={() => onChoose(version)}>
          <kbd className={classes.digit}>{index + 1}</kbd>
          <span className={classes.words}>
            <span className={classes.value}>{version.value ? fields.text(conflict.field, version.value) : t('fields.empty')}</span>
            <span className={classes.who}>
              {version.staff?.name ?? t('fields.unknownStaff')} · {version.device?.name ?? t('fields.unknownDevice')} · <RelativeTime atMs={version.atMs} />
            </span>
          </span>
        </button>
      ))}
    </div>
  )
}
