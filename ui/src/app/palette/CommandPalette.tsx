import { Modal } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useSyncExternalStore, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Action } from '../../kit/actions/registry'
import { Keys } from '../../kit/Kbd'
import { overlay } from '../shellState'
import classes from './CommandPalette.module.css'
import { grouped } from './paletteItems'
import { usePalette } from './usePalette'

const close = () => overlay.set(null)

/** Everything in one place: people, screens, actions. */
export function CommandPalette() {
  const { t } = useTranslation()
  const open = useSyncExternalStore(overlay.subscribe, overlay.get)
  return (
    <Modal
      opened={open === 'palette'}
      onClose={close}
      withCloseButton={false}
      size={600}
      padding={0}
      yOffset="12vh"
      centered={false}
      attributes={{ content: { 'aria-label': t('palette.label') } }}
    >
      <PaletteBody />
    </Modal>
  )
}

function PaletteBody() {
  const { t } = useTranslation()
  const palette = usePalette(close)
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, () => void> = {
      ArrowDown: () => palette.move(1),
      ArrowUp: () => palette.move(-1),
      Enter: () => palette.run(palette.items[palette.marked]),
    }
    const step = steps[event.key]
    if (!step || event.nativeEvent.isComposing) return
    event.preventDefault()
    step()
  }
  return (
    <>
      <div className={classes.field}>
        <IconSearch size={17} stroke={1.8} aria-hidden />
        <input
          data-autofocus
          className={classes.input}
          role="combobox"
          aria-expanded={palette.items.length > 0}
          aria-controls={palette.items.length > 0 ? 'palette-list' : undefined}
          aria-activedescendant={palette.items.length > 0 ? `palette-${palette.marked}` : undefined}
          aria-label={t('palette.label')}
          placeholder={t('palette.placeholder')}
          value={palette.typed}
          onChange={(event) => palette.type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          spellCheck={false}
          autoComplete="off"
        />
      </div>
      <div
        id="palette-list"
        role={palette.items.length > 0 ? 'listbox' : 'status'}
        aria-label={palette.items.length > 0 ? t('palette.label') : undefined}
        className={classes.list}
      >
        {grouped(palette.items).map(([group, actions]) => (
          <div key={group} role="group" aria-label={group}>
            <div className={classes.group}>{group}</div>
            {actions.map((item) => {
              const index = palette.items.indexOf(item)
              return (
                <PaletteLine
                  key={item.id}
                  item={item}
                  index={index}
                  isMarked={index === palette.marked}
                  onMark={() => palette.mark(index)}
                  onRun={() => palette.run(item)}
                />
              )
            })}
          </div>
        ))}
        {palette.items.length === 0 ? <div className={classes.nothing}>{t('palette.nothing')}</div> : null}
      </div>
      <div className={classes.foot}>
        <Keys shortcut="arrowup arrowdown" /> {t('palette.move')}
        <Keys shortcut="enter" /> {t('palette.open')}
        <Keys shortcut="escape" /> {t('kit.close')}
      </div>
    </>
  )
}

type Props = { item: Action; index: number; isMarked: boolean; onMark: () => void; onRun: () => void }

function PaletteLine({ item, index, isMarked, onMark, onRun }: Props) {
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isMarked) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isMarked])
  return (
    <div
      ref={line}
      id={`palette-${index}`}
      role="option"
      aria-selected={isMarked}
      className={classes.line}
      onMouseMove={onMark}
      onClick={onRun}
    >
      <span className={classes.icon}>{item.icon}</span>
      <span className={classes.label}>{item.label}</span>
      {item.id.startsWith('person.') ? <span className={`${classes.hint} q-numeric`}>{item.keywords}</span> : null}
      {item.shortcut ? <Keys shortcut={item.shortcut} /> : null}
    </div>
  )
}
