import { ActionIcon, Button, CopyButton, Menu, TextInput, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy, IconPlus } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import { Chip } from '../../../kit/StatusDot'
import { setField } from '../model/edits'
import { useAsk } from '../model/useAsk'
import type { Fields } from '../model/useFields'
import { Fact } from './Fact'
import classes from './Facts.module.css'
import { PersonHints } from './PersonHints'
import { newPointField } from './personEdits'

const pointKinds = ['phone', 'email', 'zalo', 'facebook'] as const

type Props = { page: ContactPage; fields: Fields }

/** The ways to reach a person: changed in place, cleared to remove, added below. */
export function Points({ page, fields }: Props) {
  const { t } = useTranslation()
  return (
    <>
      {page.points.map((point) => (
        <Fact
          key={point.field}
          page={page}
          fields={fields}
          field={point.field}
          value={point.value}
          label={fields.field(point.kind).label}
          display={
            <span className={classes.point}>
              <Address text={point.display} />
              {point.isValid ? null : (
                <Tooltip label={point.raw ? t('person.asWritten', { raw: point.raw }) : t('person.unreadablePoint')}>
                  <span>
                    <Chip tone="warning">{t('person.check')}</Chip>
                  </span>
                </Tooltip>
              )}
            </span>
          }
          after={<CopyValue value={point.display} />}
        />
      ))}
      <AddPoint page={page} fields={fields} />
    </>
  )
}

/** An address too long for its line breaks before its @ or a dot of its name, not within a word. */
function Address({ text }: { text: string }) {
  const at = text.indexOf('@')
  const parts = [...text.slice(0, Math.max(at, 0)).split(/(?=\.)/), text.slice(Math.max(at, 0))]
  return (
    <span>
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 ? <wbr /> : null}
          {part}
        </Fragment>
      ))}
    </span>
  )
}

function CopyValue({ value }: { value: string }) {
  const { t } = useTranslation()
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <ActionIcon size={24} aria-label={t(copied ? 'person.copied' : 'person.copy', { what: value })} onClick={copy}>
          {copied ? <IconCheck size={14} /> : <IconCopy size={14} stroke={1.6} />}
        </ActionIcon>
      )}
    </CopyButton>
  )
}

function AddPoint({ page, fields }: Props) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [kind, setKind] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const close = () => {
    setKind(null)
    setTyped('')
  }
  const save = () => {
    const value = typed.trim()
    if (kind && value) {
      const label = fields.field(kind).label
      void ask([setField(page.row.id, newPointField(page, kind), value)], t('people.fieldSet', { field: label, name: page.row.fullName }), { isQuiet: true })
    }
    close()
  }
  if (kind) {
    return (
      <>
        <TextInput
          className={classes.newPoint}
          autoFocus
          aria-label={fields.field(kind).label}
          placeholder={fields.field(kind).label}
          inputMode={kind === 'phone' ? 'tel' : kind === 'email' ? 'email' : 'text'}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Enter') save()
            if (event.key === 'Escape') {
              event.stopPropagation()
              close()
            }
          }}
        />
        <PersonHints page={page} field={kind} text={typed} />
      </>
    )
  }
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconPlus size={13} />} className={classes.addPoint}>
          {t('person.addPoint')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {pointKinds.map((each) => (
          <Menu.Item key={each} onClick={() => setKind(each)}>
            {fields.field(each).label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
