import { Chip, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { firstContacts, type Draft, type FirstContact } from './draft'
import classes from './QuickAdd.module.css'

type Props = { draft: Draft; onChange: (part: Partial<Draft>) => void }

/** How the person came and what was said: becomes the first entry of their timeline. */
export function MeetingFields({ draft, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <div className={classes.part}>
      <div className={classes.chips} role="group" aria-label={t('quickAdd.met')}>
        <span className={classes.chipsLabel}>{t('quickAdd.met')}</span>
        <Chip.Group value={draft.met} onChange={(value) => onChange({ met: value as FirstContact })}>
          {firstContacts.map((met) => (
            <Chip key={met} value={met} size="xs">
              {t(`quickAdd.metBy.${met}`)}
            </Chip>
          ))}
        </Chip.Group>
      </div>
      <Textarea
        aria-label={t('terms.field.note')}
        placeholder={t('quickAdd.noteHint')}
        autosize
        minRows={2}
        maxRows={6}
        value={draft.note}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
    </div>
  )
}
