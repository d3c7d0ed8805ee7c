import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportOpenArgs } from '../../ipc/bindings/ImportOpenArgs'
import { formatCount } from '../../lib/money'
import classes from './FileDrop.module.css'

type Props = { onOpen: (args: ImportOpenArgs) => void; isOpening: boolean; onLeave: () => void }

/** Takes cells that were copied from a sheet. */
export function PasteBox({ onOpen, isOpening, onLeave }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const lines = text.split('\n').filter((line) => line.trim() !== '').length
  return (
    <section className={classes.paste} aria-label={t('import.start.paste')}>
      <h2 className={classes.title}>{t('import.start.paste')}</h2>
      <Textarea
        label={t('import.start.pasteLabel')}
        description={t('import.start.pasteHint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        rows={9}
        autoFocus
        styles={{ input: { whiteSpace: 'pre', overflowX: 'auto', fontVariantNumeric: 'tabular-nums' } }}
      />
      <div className={classes.foot}>
        <span className={classes.counted}>{lines > 0 ? t('import.start.pasted', { count: lines, lines: formatCount(lines) }) : null}</span>
        <Button variant="default" onClick={onLeave}>
          {t('kit.cancel')}
        </Button>
        <Button disabled={lines === 0} loading={isOpening} onClick={() => onOpen({ file: null, pasted: text })}>
          {t('import.goOn')}
        </Button>
      </div>
    </section>
  )
}
