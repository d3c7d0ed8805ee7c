import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ConflictVersion } from '../../ipc/bindings/ConflictVersion'
import type { ConflictView } from '../../ipc/bindings/ConflictView'
import { Avatar } from '../../kit/Avatar'
import { Keys } from '../../kit/Kbd'
import { RelativeTime } from '../../kit/RelativeTime'
import { conflictLabel, fieldText, type Names } from '../../lib/terms'
import classes from './Review.module.css'

type Props = { conflict: ConflictView; names: Names; isFocused: boolean; onChoose: (version: number) => void }

/** One field with its values side by side: who wrote each, where and when. */
export function ConflictCard({ conflict, names, isFocused, onChoose }: Props) {
  const { t } = useTranslation()
  const { contact, field, about, versions } = conflict
  const label = conflictLabel(t, conflict, names)
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
            isWording={about !== null}
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
  /** Whole sentences, with their line breaks, rather than one value. */
  isWording: boolean
  isKeyed: boolean
  isShown: boolean
  onChoose: () => void
}

function Version({ version, number, text, isWording, isKeyed, isShown, onChoose }: VersionProps) {
  const { t } = useTranslation()
  const who = version.staff?.name ?? t('review.someone')
  return (
    <button type="button" className={classes.version} onClick={onChoose} aria-label={t('review.keep', { value: text ?? t('review.cleared') })}>
      <span className={classes.value} data-wording={isWording || undefined}>
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
