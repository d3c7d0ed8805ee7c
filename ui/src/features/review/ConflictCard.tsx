import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ConflictVersion } from '../../ipc/bindings/ConflictVersion'
import type { ConflictView } from '../../ipc/bindings/ConflictView'
import { Avatar } from '../../kit/Avatar'
import { Keys } from '../../kit/Kbd'
import { RelativeTime } from '../../kit/RelativeTime'
import { fieldLabel, fieldText, type Names } from '../../lib/terms'
import classes from './Review.module.css'

type Props = { conflict: ConflictView; names: Names; isFocused: boolean; onChoose: (version: number) => void }

/** One field with its values side by side: who wrote each, where and when. */
export function ConflictCard({ conflict, names, isFocused, onChoose }: Props) {
  const { t } = useTranslation()
  const { contact, field, versions } = conflict
  const label = fieldLabel(t, field, names)
  return (
    <article className={classes.card} data-focused={isFocused || undefined} aria-label={`${contact.fullName}, ${label}`}>
      <header className={classes.top}>
        <Avatar name={contact.fullName} seed={contact.id} size={26} />
        <Link to="/people/$id" params={{ id: contact.id }} className={classes.name}>
          {contact.fullName}
        </Link>
        <span className={classes.faint}>{t(`terms.kind.${contact.kind}`, { defaultValue: contact.kind })}</span>
        <span className={classes.field}>{label}</span>
      </header>
      <div className={classes.versions} role="group" aria-label={label}>
        {versions.map((version, index) => (
          <Version
            key={`${version.atMs} ${version.value}`}
            version={version}
            number={index + 1}
            text={version.value === '' ? null : fieldText(t, field, version.value, names)}
            isKeyed={isFocused}
            isShown={index === 0}
            onChoose={() => onChoose(index)}
          />
        ))}
      </div>
    </article>
  )
}

type VersionProps = {
  version: ConflictVersion
  number: number
  /** Null when somebody cleared the field. */
  text: string | null
  isKeyed: boolean
  isShown: boolean
  onChoose: () => void
}

function Version({ version, number, text, isKeyed, isShown, onChoose }: VersionProps) {
  const { t } = useTranslation()
  const who = version.staff?.name ?? t('review.someone')
  return (
    <button type="button" className={classes.version} onClick={onChoose} aria-label={t('review.keep', { value: text ?? t('review.cleared') })}>
      <span className={classes.value}>
        <span className={text === null ? classes.cleared : undefined}>{text ?? t('review.cleared')}</span>
        {isKeyed ? <Keys shortcut={String(number)} /> : null}
      </span>
      <span className={classes.where}>
        {who}
        {version.device ? ` · ${version.device.name}` : ''}
      </span>
      <span className={classes.where}>
        <RelativeTime atMs={version.atMs} />
        {isShown ? <span className={classes.shown}>{t('review.shown')}</span> : null}
      </span>
    </button>
  )
}
