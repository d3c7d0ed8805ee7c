import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import { useErrorText } from '../../../ipc/useErrorText'
import { InlineField, type InlineFieldProps } from '../../../kit/field/InlineField'
import { setField } from '../model/edits'
import type { Field } from '../model/fields'
import { editQuietly } from '../model/useAsk'
import type { Fields } from '../model/useFields'
import { ConflictMark } from './ConflictMark'
import classes from './Facts.module.css'
import { HistoryButton } from './HistoryButton'
import { PersonHints } from './PersonHints'

type Props = {
  page: ContactPage
  fields: Fields
  field: string
  value: string
  label?: string
  display?: ReactNode
  isReadOnly?: boolean
  /** Further buttons at the end of the line. */
  after?: ReactNode
}

function inlineKind(field: Field): Pick<InlineFieldProps, 'kind' | 'choices' | 'isFree'> {
  switch (field.type) {
    case 'choice': case 'branch': case 'staff': return { kind: 'choice', choices: field.choices }
    case 'suggest': return { kind: 'choice', choices: field.choices, isFree: true }
    case 'date': return { kind: 'date' }
    case 'long': return { kind: 'longText' }
    default: {
      if (field.key.startsWith('phone')) return { kind: 'phone' }
      return { kind: field.key.startsWith('email') ? 'email' : 'text' }
    }
  }
}

/** One field of a person: edited in place, with its past, and with the choice where devices disagree. */
export function Fact({ page, fields, field: key, value, label, display, isReadOnly, after }: Props) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const field = fields.field(key)
  const conflict = page.conflicts.find((each) => each.field === key)
  const said = label ?? field.label
  return (
    <div data-fact={key} className={classes.fact}>
      <InlineField
        {...inlineKind(field)}
        label={said}
        value={value}
        display={display ?? (field.type === 'branch' ? fields.branch(value) : field.type === 'staff' ? fields.staff(value) : undefined)}
        isReadOnly={isReadOnly}
        draftKey={`${page.row.id}.${key}`}
        errorText={errorText}
        whileTyping={(text) => <PersonHints page={page} field={key} text={text} />}
        onSave={(next) => editQuietly([setField(page.row.id, key, next || null)], t('people.fieldSet', { field: said, name: page.row.fullName }))}
        after={
          <>
            {conflict ? <ConflictMark conflict={conflict} fields={fields} /> : null}
            <span className={classes.tools}>
              {after}
              <HistoryButton id={page.row.id} field={key} current={value} fields={fields} />
            </span>
          </>
        }
      />
    </div>
  )
}
