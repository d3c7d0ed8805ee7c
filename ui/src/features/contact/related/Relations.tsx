import { ActionIcon, Menu, Modal } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import type { ContactRef } from '../../../ipc/bindings/ContactRef'
import type { Edit } from '../../../ipc/bindings/Edit'
import type { RelationView } from '../../../ipc/bindings/RelationView'
import { Avatar } from '../../../kit/Avatar'
import { formatPhone } from '../../../lib/vietnamese'
import { aboutContact } from '../model/edits'
import { useAsk } from '../model/useAsk'
import { Section } from '../person/Facts'
import { PersonPicker } from './PersonPicker'
import classes from './Related.module.css'

/** What the other can be made to this person; `child` and `referred` are the same links from the other side. */
const kinds = ['guardian', 'child', 'sibling', 'referredBy', 'referred'] as const
type RelationKind = (typeof kinds)[number]

/** The edit that makes or takes away a link; the links that point here are edited on the other person. */
export function relationEdit(id: string, kind: string, other: string, isMade: boolean): Edit {
  const from: Record<string, [string, string, string]> = { child: [other, 'guardian', id], referred: [other, 'referredBy', id] }
  const [whose, as, to] = from[kind] ?? [id, kind, other]
  return aboutContact(whose, isMade ? { do: 'relate', kind: as, other: to } : { do: 'unrelate', kind: as, other: to })
}

type Props = { page: ContactPage }

/** Guardians, children, siblings and referrals. */
export function Relations({ page }: Props) {
  const { t } = useTranslation()
  const ask = useAsk()
  const [adding, setAdding] = useState<RelationKind | null>(null)
  const { id } = page.row
  const add = (other: ContactRef) => {
    if (adding) void ask([relationEdit(id, adding, other.id, true)], t('person.related', { kind: t(`fields.relation.${adding}`), name: other.fullName }))
    setAdding(null)
  }
  const remove = (relation: RelationView) =>
    void ask([relationEdit(id, relation.kind, relation.contact.id, false)], t('person.unrelated', { name: relation.contact.fullName }))
  return (
    <Section
      title={t('terms.field.relation')}
      action={
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={24} aria-label={t('person.addRelation')}>
              <IconPlus size={14} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {kinds.map((kind) => (
              <Menu.Item key={kind} onClick={() => setAdding(kind)}>
                {t(`fields.relation.${kind}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
    >
      {page.relations.length === 0 ? <p className={classes.none}>{t('person.noRelations')}</p> : null}
      {page.relations.map((relation) => (
        <PersonLine key={`${relation.kind} ${relation.contact.id}`} person={relation.contact} sub={t(`fields.relation.${relation.kind}`, { defaultValue: relation.kind })}>
          <span className={classes.hands}>
            <ActionIcon size={24} aria-label={t('person.unrelate', { name: relation.contact.fullName })} onClick={() => remove(relation)}>
              <IconX size={13} />
            </ActionIcon>
          </span>
        </PersonLine>
      ))}
      <Modal opened={adding !== null} onClose={() => setAdding(null)} title={adding ? t(`fields.relation.${adding}`) : ''} size="sm" padding={0} closeButtonProps={{ 'aria-label': t('kit.close') }}>
        {adding ? <PersonPicker except={id} onPick={add} /> : null}
      </Modal>
    </Section>
  )
}

type LineProps = { person: ContactRef; sub?: string; children?: ReactNode }

/** Another person as a line that leads to them. */
export function PersonLine({ person, sub, children }: LineProps) {
  return (
    <div className={classes.person}>
      <Avatar name={person.fullName} seed={person.id} size={26} />
      <div className={classes.words}>
        <Link to="/people/$id" params={{ id: person.id }} className={classes.link}>
          {person.fullName}
        </Link>
        <div className={classes.sub}>{[sub, person.phone ? formatPhone(person.phone) : null].filter(Boolean).join(' · ')}</div>
      </div>
      {children}
    </div>
  )
}
