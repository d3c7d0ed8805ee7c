import { useDebouncedValue } from '@mantine/hooks'
import { IconBuilding } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ElsewhereHint } from '../../../ipc/bindings/ElsewhereHint'
import { useCall } from '../../../ipc/useCall'
import { Avatar } from '../../../kit/Avatar'
import { formatPhone } from '../../../lib/vietnamese'
import { useFields } from '../model/useFields'
import { addressed } from '../model/values'
import classes from './Hints.module.css'

type Props = {
  /** What is typed so far; without what is not being typed. */
  typed: { fullName?: string; phone?: string; email?: string }
  /** Whose page it is typed on. */
  except?: string
  onOpen: (id: string) => void
}

const DEBOUNCE_MS = 120
const HINTS_MAX = 3
const DIGITS_MIN = 6
const LETTERS_MIN = 4

/** A field that saves when it is left would save before the press arrives. */
const keepFocus = (event: MouseEvent) => event.preventDefault()

/** Who may already be here, while a person is typed. */
export function Hints({ typed: { fullName = '', phone = '', email = '' }, except, onOpen }: Props) {
  const { t } = useTranslation()
  const fields = useFields()
  const typed = useMemo(() => ({ fullName, phone, email }), [fullName, phone, email])
  const [asked] = useDebouncedValue(typed, DEBOUNCE_MS)
  const says = asked.phone.replace(/\D/g, '').length >= DIGITS_MIN || asked.fullName.trim().length >= LETTERS_MIN || asked.email.includes('@')
  const hints = useCall('contact.hint', { ...asked, except: except ?? null }, { enabled: says, keep: true }).data ?? []
  const isReachable = asked.phone !== '' || asked.email !== ''
  const elsewhere = useCall('contact.elsewhere', { ...asked, except: null }, { enabled: says && isReachable, keep: true }).data ?? []
  const isShown = says && (hints.length > 0 || (isReachable && elsewhere.length > 0))
  const box = useRef<HTMLDivElement>(null)
  // Under a field at the foot of the screen it would come up out of sight.
  useEffect(() => {
    if (isShown) box.current?.scrollIntoView({ block: 'nearest' })
  }, [isShown])
  if (!isShown) return null
  return (
    <div ref={box} className={classes.hints} role="status" aria-label={t('quickAdd.maybeHere')} onMouseDown={keepFocus}>
      {hints.length > 0 ? <div className={classes.hintTitle}>{t('quickAdd.maybeHere')}</div> : null}
      {hints.slice(0, HINTS_MAX).map(({ contact, reasons }) => (
        <button key={contact.id} type="button" className={classes.hint} onClick={() => onOpen(contact.id)}>
          <Avatar name={contact.fullName} seed={contact.id} size={26} />
          <span className={classes.hintWords}>
            <span className={classes.hintName}>{addressed(contact.honorific, contact.fullName)}</span>
            <span className={classes.hintSub}>
              {[contact.phone ? formatPhone(contact.phone) : null, fields.branch(contact.branch), ...reasons.map((reason) => t(`fields.reason.${reason}`, { defaultValue: reason }))]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
          <span className={classes.hintOpen}>{t('quickAdd.open')}</span>
        </button>
      ))}
      {isReachable ? <Elsewhere hints={elsewhere} /> : null}
    </div>
  )
}

/** At which branches somebody has the number or address whose page this device does not hold. */
function Elsewhere({ hints }: { hints: readonly ElsewhereHint[] }) {
  const { t } = useTranslation()
  const fields = useFields()
  if (hints.length === 0) return null
  const reason = (code: string) => t(`fields.reason.${code}`, { defaultValue: code })
  return (
    <>
      <div className={classes.hintTitle}>{t('quickAdd.elsewhere')}</div>
      {hints.map(({ branch, reasons }) => (
        <div key={branch} className={classes.place}>
          <IconBuilding size={18} stroke={1.5} aria-hidden className={classes.placeMark} />
          <span className={classes.hintWords}>
            <span className={classes.hintName}>{fields.branch(branch) || t('fields.elsewhere')}</span>
            <span className={classes.hintSub}>{[...reasons.map(reason), t('quickAdd.askBranch')].join(' · ')}</span>
          </span>
        </div>
      ))}
    </>
  )
}
