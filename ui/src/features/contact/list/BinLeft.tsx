import { useCall } from '../../../ipc/useCall'
import { useNow } from '../../../kit/useNow'
import { binLeftMs } from '../model/bin'
import { useDaysText } from '../person/StatusStays'
import classes from './cells.module.css'

/** How long somebody can still be taken back. A row does not know when it was removed: only the page of the person does. */
export function BinLeft({ id }: { id: string }) {
  const now = useNow()
  const daysText = useDaysText()
  const deletedAtMs = useCall('contact.get', { id }).data?.deletedAtMs
  if (deletedAtMs === undefined || deletedAtMs === null) return null
  return <span className={classes.muted}>{daysText(binLeftMs(deletedAtMs, now))}</span>
}
