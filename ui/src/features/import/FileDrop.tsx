import { Button } from '@mantine/core'
import { IconClipboardText, IconFileSpreadsheet } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportOpenArgs } from '../../ipc/bindings/ImportOpenArgs'
import { useActions } from '../../kit/actions/useActions'
import classes from './FileDrop.module.css'
import { PasteBox } from './PasteBox'
import { canTakeDrops, useFileSources } from './useFileSources'

type Props = { onOpen: (args: ImportOpenArgs) => void; isOpening: boolean }

/** Takes a file by choosing, dropping or pasting. */
export function FileDrop({ onOpen, isOpening }: Props) {
  const { t } = useTranslation()
  const [isPasting, setPasting] = useState(false)
  const { choose, drop, isOver } = useFileSources(onOpen)
  useActions(
    useMemo(
      () => [{ id: 'import.choose', label: t('import.start.choose'), group: t('nav.import'), shortcut: 'o', isEnabled: () => !isOpening, run: choose }],
      [t, isOpening, choose],
    ),
  )
  if (isPasting) return <PasteBox onOpen={onOpen} isOpening={isOpening} onLeave={() => setPasting(false)} />
  return (
    <section className={classes.drop} data-over={isOver || undefined} aria-label={t('import.start.title')} {...drop}>
      <div className={classes.icon}>
        <IconFileSpreadsheet size={30} stroke={1.4} aria-hidden />
      </div>
      <h2 className={classes.title}>{t('import.start.title')}</h2>
      <p className={classes.body}>{canTakeDrops() ? t('import.start.bodyDrop') : t('import.start.body')}</p>
      <div className={classes.actions}>
        <Button loading={isOpening} onClick={choose} data-autofocus>
          {t('import.start.choose')}
        </Button>
        <Button
          variant="default"
          disabled={isOpening}
          leftSection={<IconClipboardText size={16} stroke={1.6} />}
          onClick={() => setPasting(true)}
        >
          {t('import.start.paste')}
        </Button>
      </div>
      <p className={classes.promise}>{t('import.start.promise')}</p>
    </section>
  )
}
