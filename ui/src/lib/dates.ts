/** Languages of the interface. */
export type Language = 'vi' | 'en'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const pad = (value: number) => String(value).padStart(2, '0')

/** A local date as dd/MM/yyyy. */
export function formatDate(at: Date | number): string {
  const date = new Date(at)
  return `${pad(date.getDate())}/${pad(date.getMonth() + 1)}/${date.getFullYear()}`
}

/** A local instant as dd/MM/yyyy HH:mm. */
export function formatDateTime(at: Date | number): string {
  const date = new Date(at)
  return `${formatDate(date)} ${formatTime(date)}`
}

/** A local time of day as HH:mm. */
export function formatTime(at: Date | number): string {
  const date = new Date(at)
  return `${pad(date.getHours())}:${pad(date.getMinutes())}`
}

/** `2012-03-09` as `09/03/2012`; text that is no ISO date stays as it is. */
export function formatIsoDate(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso)
  return match ? `${match[3]}/${match[2]}/${match[1]}` : iso
}

/** A local date as ISO `yyyy-MM-dd`. */
export function toIsoDate(at: Date | number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

/**
 * Reads what people type for a date, day first: `9/3/2012`, `09032012`, `9-3-12`, `2012-03-09`.
 * Returns ISO `yyyy-MM-dd`, or null when there is no such day.
 */
export function parseDate(text: string, now = new Date()): string | null {
  const trimmed = text.trim()
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(trimmed)
  if (iso) return realDate(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const parts = /^(\d{1,2})[/.\-\s](\d{1,2})(?:[/.\-\s](\d{4}|\d{2}))?$/.exec(trimmed) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(trimmed)
  if (!parts) return null
  const year = parts[3] ? fullYear(Number(parts[3]), now) : now.getFullYear()
  return realDate(year, Number(parts[2]), Number(parts[1]))
}

function fullYear(year: number, now: Date): number {
  if (year >= 100) return year
  const century = Math.floor(now.getFullYear() / 100) * 100
  return century + year > now.getFullYear() + 10 ? century - 100 + year : century + year
}

function realDate(year: number, month: number, dayOfMonth: number): string | null {
  const date = new Date(year, month - 1, dayOfMonth)
  const isReal = date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === dayOfMonth
  return isReal && year > 1800 ? `${year}-${pad(month)}-${pad(dayOfMonth)}` : null
}

/** Days from the local day of `from` to the local day of `to`; negative when `to` is earlier. */
export function daysBetween(from: Date | number, to: Date | number): number {
  const start = new Date(from)
  const end = new Date(to)
  const a = Date.UTC(start.getFullYear(), start.getMonth(), start.getDate())
  const b = Date.UTC(end.getFullYear(), end.getMonth(), end.getDate())
  return Math.round((b - a) / day)
}

/** Says an instant as people do: "vừa xong", "3 phút trước", "ngày mai", then a date. */
export function relativeTime(at: Date | number, now: Date | number, language: Language): string {
  const difference = new Date(at).getTime() - new Date(now).getTime()
  const size = Math.abs(difference)
  if (size < 45_000) return language === 'vi' ? 'vừa xong' : 'just now'
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const format = (count: number, unit: Intl.RelativeTimeFormatUnit) => words.format(count, unit).toLowerCase()
  const sign = Math.sign(difference)
  if (size < hour) return format(sign * Math.max(1, Math.round(size / minute)), 'minute')
  const days = daysBetween(now, at)
  if (days === 0 || size < 6 * hour) return format(sign * Math.max(1, Math.round(size / hour)), 'hour')
  if (Math.abs(days) < 14) return format(days, 'day')
  return formatDate(at)
}

/** Age in whole years on `now` of someone born on ISO date `bornOn`, or null. */
export function ageOn(bornOn: string, now: Date | number): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(bornOn)
  if (!match) return null
  const today = new Date(now)
  const age = today.getFullYear() - Number(match[1])
  const hadBirthday =
    today.getMonth() + 1 > Number(match[2]) ||
    (today.getMonth() + 1 === Number(match[2]) && today.getDate() >= Number(match[3]))
  return hadBirthday ? age : age - 1
}
