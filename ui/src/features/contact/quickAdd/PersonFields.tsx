import { Autocomplete, Chip, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { kinds } from '../../../lib/terms'
import { Hints } from '../hint/Hints'
import type { Fields } from '../model/useFields'
import type { Draft } from './draft'
import classes from './QuickAdd.module.css'

type Props = {
  draft: Draft
  fields: Fields
  problems: { fullName?: true; birthOn?: true }
  branch: string | null
  onChange: (part: Partial<Draft>) => void
  onOpen: (id: string) => void
}

/** Who the new person is and what they ask for. */
export function PersonFields({ draft, fields, problems, branch, onChange, onOpen }: Props) {
  const { t } = useTranslation()
  const label = (key: string) => fields.field(key).label
  const choices = (key: string) => fields.field(key).choices.map((choice) => choice.label)
  const held = (fields.definitions?.branches ?? []).filter((each) => each.isHeld)
  return (
    <>
      <TextInput
        label={label('fullName')}
        placeholder={t('quickAdd.nameHint')}
        data-autofocus
        autoComplete="off"
        value={draft.fullName}
        error={problems.fullName ? t('quickAdd.nameMissing') : null}
        onChange={(event) => onChange({ fullName: event.currentTarget.value })}
      />
      <div className={classes.pair}>
        <TextInput label={label('phone')} inputMode="tel" autoComplete="off" value={draft.phone} onChange={(event) => onChange({ phone: event.currentTarget.value })} />
        <TextInput
          label={label('birthOn')}
          placeholder="15/03/2014"
          inputMode="numeric"
          autoComplete="off"
          value={draft.birthOn}
          error={problems.birthOn ? t('quickAdd.badDate') : null}
          onChange={(event) => onChange({ birthOn: event.currentTarget.value })}
        />
      </div>
      <Hints typed={draft} onOpen={onOpen} />
      <div className={classes.chips} role="group" aria-label={label('kind')}>
        <Chip.Group value={draft.kind} onChange={(value) => onChange({ kind: String(value) })}>
          {kinds.map((kind) => (
            <Chip key={kind} value={kind} size="xs">
              {t(`terms.kind.${kind}`)}
            </Chip>
          ))}
        </Chip.Group>
      </div>
      <div className={classes.pair}>
        <TextInput label={label('interests')} placeholder={t('quickAdd.interestHint')} autoComplete="off" value={draft.interest} onChange={(event) => onChange({ interest: event.currentTarget.value })} />
        <Autocomplete label={label('level')} data={choices('level')} value={draft.level} onChange={(level) => onChange({ level })} />
      </div>
      <div className={classes.pair}>
        <Select
          label={label('branch')}
          data={held.map(({ id, name }) => ({ value: id, label: name }))}
          value={branch}
          allowDeselect={false}
          onChange={(value) => onChange({ branch: value })}
        />
        <Autocomplete label={label('source')} data={choices('source')} value={draft.source} onChange={(source) => onChange({ source })} />
      </div>
      <TextInput label={label('email')} inputMode="email" autoComplete="off" value={draft.email} onChange={(event) => onChange({ email: event.currentTarget.value })} />
    </>
  )
}
