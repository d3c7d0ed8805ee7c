import { IconUserQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../ipc/useCall'
import { formatCount } from '../../lib/money'
import { everyone, openFilter } from './list/listState'
import { unowned } from './list/filterFields'
import classes from './Unowned.module.css'

/** Only the count is wanted. */
const ask = { view: { ...everyone, filter: unowned }, offset: 0, limit: 1 }

/** How many people nobody looks after, and the list of them to give out; nothing when there are none. */
export function Unowned() {
  const { t } = useTranslation()
  const total = useCall('contact.list', ask, { keep: true }).data?.total ?? 0
  if (total === 0) return null
  return (
    <Link to="/people" className={classes.line} onClick={() => openFilter(unowned)}>
      <IconUserQuestion size={16} stroke={1.6} aria-hidden />
      <span className="q-numeric">{t('people.unowned', { count: total, n: formatCount(total) })}</span>
      <span className={classes.deed}>{t('people.giveOut')}</span>
    </Link>
  )
}
