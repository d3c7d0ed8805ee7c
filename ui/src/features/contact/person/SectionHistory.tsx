import { useTranslation } from 'react-i18next'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import { aboutContact, setField } from '../model/edits'
import type { Fields } from '../model/useFields'
import { HistoryPopover } from './HistoryButton'
import { HistoryList } from './HistoryList'

type Props = { page: ContactPage; fields: Fields }

const isPoint = (field: string) => /^(?:phone|email|zalo|facebook)\./.test(field)
const isTag = (field: string) => field === 'tag'
const isInterest = (field: string) => field === 'interest'
const isOneOf = (all: readonly { label: string }[], label: string) => label === '' || all.some((each) => each.label === label)

// What comes and goes as a whole has no line of its own once it is gone: its past opens from the heading.

/** The past of the phones, e-mails and other ways to reach a person. */
export function PointsHistory({ page, fields }: Props) {
  const { t } = useTranslation()
  const { id } = page.row
  return (
    <HistoryPopover what={t('person.reach')}>
      {(onClose) => (
        <HistoryList
          id={id}
          fields={fields}
          field={null}
          has={isPoint}
          stands={(field, value) => (page.points.find((point) => point.field === field)?.value ?? '') === value}
          restore={(field, value) => setField(id, field, value || null)}
          onClose={onClose}
        />
      )}
    </HistoryPopover>
  )
}

/** The past of a person's tags. */
export function TagsHistory({ page, fields }: Props) {
  const { t } = useTranslation()
  const { id, tags } = page.row
  return (
    <HistoryPopover what={t('terms.field.tags')}>
      {(onClose) => (
        <HistoryList
          id={id}
          fields={fields}
          field={null}
          has={isTag}
          stands={(_, label) => isOneOf(tags, label)}
          restore={(_, label) => aboutContact(id, { do: 'addTag', label })}
          onClose={onClose}
        />
      )}
    </HistoryPopover>
  )
}

/** The past of a person's interests; what each is about is known to the core. */
export function InterestsHistory({ page, fields }: Props) {
  const { t } = useTranslation()
  const { id } = page.row
  return (
    <HistoryPopover what={t('terms.field.interests')}>
      {(onClose) => (
        <HistoryList
          id={id}
          fields={fields}
          field={null}
          has={isInterest}
          stands={(_, label) => isOneOf(page.interests, label)}
          restore={(_, label) => aboutContact(id, { do: 'addInterest', label, kind: null })}
          onClose={onClose}
        />
      )}
    </HistoryPopover>
  )
}
