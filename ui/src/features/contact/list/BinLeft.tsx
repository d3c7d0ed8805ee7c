import { useNow } from '../../../kit/useNow'
import { binLeftMs } from '../model/bin'
import { useDaysText } from '../person/StatusStays'
import classes from './cells.module.css'

type Props = { deletedAtMs: number }

/** How long somebody can still be taken back. */
export function BinLeft({ deletedAtMs }: Props) {
  const now = useNow()
  const daysText = useDaysText()
  return <span className={classes.muted}>{daysText(binLeftMs(deletedAtMs, now))}</span>
}
