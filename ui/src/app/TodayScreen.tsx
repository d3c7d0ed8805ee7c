import { Unowned } from '../features/contact/Unowned'
import { TodayPage } from '../features/today/TodayPage'

/** The day, with the people whom nobody looks after yet. */
export function TodayScreen() {
  return <TodayPage above={<Unowned />} />
}
