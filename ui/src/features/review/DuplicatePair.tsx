import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ContactRow } from '../../ipc/bindings/ContactRow'
import type { DuplicateView } from '../../ipc/bindings/DuplicateView'
import { Avatar } from '../../kit/Avatar'
import { RelativeTime } from '../../kit/RelativeTime'
import { Chip } from '../../kit/StatusDot'
import { fieldLabel, fieldText, type Names } from '../../lib/terms'
import { compareContacts } from './compare'
import classes from './Review.module.css'

type Props = { pair: DuplicateView; names: Names; isFocused: boolean; onMerge: () => void; onKeepApart: () => void }

/** Two people side by side, their differences marked. */
export function DuplicatePair({ pair, names, isFocused, onMerge, onKeepApart }: Props) {
  const { t } = useTranslation()
  const { left, right } = pair
  return (
    <article className={classes.card} data-focused={isFocused || undefined} aria-label={t('review.pair', { name: left.fullName, other: right.fullName })}>
      <div className={classes.reasons}>
        {pair.reasons.map((reason) => (
          <Chip key={reason} tone="warning">
            {t(`review.reason.${reason}`, { defaultValue: reason })}
          </Chip>
        ))}
      </div>
      <table className={classes.compare}>
        <thead>
          <tr>
            <td />
            <Person row={left} />
            <Person row={right} />
          </tr>
        </thead>
        <tbody>
          {compareContacts(left, right).map(({ field, left: mine, right: theirs, difference }) => (
            <tr key={field} data-difference={difference}>
              <th scope="row">
                {fieldLabel(t, field, names)}
                {difference === 'different' ? <span className="q-visually-hidden">, {t('review.differs')}</span> : null}
              </th>
              <td>{mine === '' ? '–' : <span className={classes.compared}>{fieldText(t, field, mine, names)}</span>}</td>
              <td>{theirs === '' ? '–' : <span className={classes.compared}>{fieldText(t, field, theirs, names)}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes.deeds}>
        {pair.canMerge ? (
          <Button variant={isFocused ? 'filled' : 'default'} onClick={onMerge}>
            {t('review.merge')}
          </Button>
        ) : null}
        <Button variant="default" onClick={onKeepApart}>
          {t('review.keepApart')}
        </Button>
        <span className={classes.faint}>{t(pair.canMerge ? 'review.mergeKeeps' : 'review.otherBranch')}</span>
      </div>
    </article>
  )
}

type PersonProps = { row: ContactRow }

function Person({ row }: PersonProps) {
  const { t } = useTranslation()
  return (
    <th scope="col" className={classes.person}>
      <Avatar name={row.fullName} seed={row.id} size={26} />
      <span>
        <Link to="/people/$id" params={{ id: row.id }} className={classes.name}>
          {row.fullName}
        </Link>
        <span className={classes.added}>
          {t('review.added')} <RelativeTime atMs={row.createdAtMs} />
        </span>
      </span>
    </th>
  )
}
