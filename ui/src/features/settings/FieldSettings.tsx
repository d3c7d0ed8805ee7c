import { Button, Select, TagsInput } from '@mantine/core'
import { IconForms } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDefinitions } from '../../ipc/useDefinitions'
import { useIsManager } from '../../ipc/useSession'
import { Section, SectionLine } from '../../kit/Section'
import { EmptyState } from '../../kit/States'
import { AddLine } from './AddLine'
import { NameCell } from './NameCell'
import { useDefine } from './useDefine'

const kinds = ['text', 'number', 'date', 'choice', 'yesNo'] as const

/** Fields that the centre adds to a person. */
export function FieldSettings() {
  const { t } = useTranslation()
  const { fields } = useDefinitions()
  const isManager = useIsManager()
  const { define, save } = useDefine()
  const [kind, setKind] = useState<string>('text')
  const [choices, setChoices] = useState<string[]>([])
  const [isMissing, setMissing] = useState(false)
  const isComplete = () => {
    const lacks = kind === 'choice' && choices.length === 0
    setMissing(lacks)
    return !lacks
  }
  const add = async (label: string) => {
    await save({ do: 'field', label, kind, choices: kind === 'choice' ? choices : [] }, t('settings.added', { name: label }))
    setChoices([])
  }
  return (
    <Section title={t('settings.fields')} description={t('settings.fieldsBody')}>
      {fields.length === 0 ? (
        <EmptyState icon={<IconForms size={28} stroke={1.5} />} title={t('settings.noFields')}>
          {t('settings.noFieldsBody')}
        </EmptyState>
      ) : null}
      {fields.map((field) => (
        <SectionLine
          key={field.id}
          title={
            <NameCell
              label={t('settings.fieldName')}
              value={field.label}
              isReadOnly={!isManager}
              onSave={(label) => save({ do: 'field', label, kind: field.kind, choices: field.choices }, t('settings.renamed', { name: label }), field.id)}
            />
          }
          detail={[t(`settings.kinds.${field.kind}`), field.choices.join(', ')].filter(Boolean).join(' · ')}
        >
          {isManager ? (
            <Button variant="subtle" color="gray" onClick={() => define({ do: 'archive' }, t('settings.retired', { name: field.label }), field.id)}>
              {t('settings.retire')}
            </Button>
          ) : null}
        </SectionLine>
      ))}
      {isManager ? (
        <AddLine
          label={t('settings.addField')}
          placeholder={t('settings.fieldHint')}
          known={fields.map((field) => field.label)}
          isComplete={isComplete}
          onAdd={add}
        >
          <Select
            aria-label={t('settings.fieldKind')}
            data={kinds.map((value) => ({ value, label: t(`settings.kinds.${value}`) }))}
            value={kind}
            onChange={(next) => next && setKind(next)}
            allowDeselect={false}
            w={140}
          />
          {kind === 'choice' ? (
            <TagsInput
              aria-label={t('settings.choices')}
              placeholder={t('settings.choicesHint')}
              value={choices}
              error={isMissing && choices.length === 0 ? t('settings.choicesMissing') : null}
              onChange={setChoices}
              style={{ flex: '1 1 200px' }}
            />
          ) : null}
        </AddLine>
      ) : null}
    </Section>
  )
}
