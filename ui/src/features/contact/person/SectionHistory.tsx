import { useTranslation } from 'react-i18next'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import { aboutContact, setField } from '../model/edits'
import type { Fields } from '../model/useFields'
import type { Edit } from '../../../ipc/bindings/Edit'
import { HistoryPopover } from './HistoryButton'
import { HistoryList } from './HistoryList'

type Props = { page: ContactPage; fields: Fields }

const isPoint = (field: string) => /^(?:phone|email|zalo|facebook)\./.test(field)
const isTag = (field: string) => field === 'tag'
const isInterest = (field: string) => field === 'interest'
const isOneOf = (all: readonly { label: string }[], label: string) => label === '' || all.some((each) => each.label === label)

// What comes and goes as a whole has no line of its own once it is gone: its past opens from the heading.

type SectionProps = Props & {
  what: string
  has: (field: string) => boolean
  /** Whether a value stands in a field now. */
  stands: (field: string, value: string) => boolean
  restore: (field: string, value: string) => Edit
}

function SectionHistory({ page, fields, what, ...section }: SectionProps) {
  return (
    <HistoryPopover what={what}>
      {(onClose) => <HistoryList id={page.row.id} fields={fields} field={null} onClose={onClose} {...section} />}
    </HistoryPopover>
  )
}

/** The past of the phones, e-mails and other ways to reach a person. */
export function PointsHistory(props: Props) {
  const { t } = useTranslation()
  const { row, points } = props.page
  return (
    <SectionHistory
      {...props}
      what={t('person.reach')}
      has={isPoint}
      stands={(field, value) => (points.find((point) => point.field === field)?.value ?? '') === value}
      restore={(field, value) => setField(row.id, field, value || null)}
    />
  )
}

/** The past of a person's tags. */
export function TagsHistory(props: Props) {
  const { t } = useTranslation()
  const { id, tags } = props.page.row
  return (
    <SectionHistory
      {...props}
      what={t('terms.field.tags')}
      has={isTag}
      stands={(_, label) => isOneOf(tags, label)}
      restore={(_, label) => aboutContact(id, { do: 'addTag', label })}
    />
  )
}

/** The past of a person's interests; what each is about is known to the core. */
export function InterestsHistory(props: Props) {
  const { t } = useTranslation()
  const { row, interests } = props.page
  return (
    <SectionHistory
      {...props}
      what={t('terms.field.interests')}
      has={isInterest}
      stands={(_, label) => isOneOf(interests, label)}
      restore={(_, label) => aboutContact(row.id, { do: 'addInterest', label, kind: null })}
    />
  )
}
