import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import { aboutContact } from '../model/edits'
import { useAsk } from '../model/useAsk'
import { Section } from '../person/Facts'
import { PersonLine } from './Relations'
import classes from './Related.module.css'

type Props = { page: ContactPage }

/** Who may be the same person, and who was declared to be. */
export function Duplicates({ page }: Props) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { id } = page.row
  if (page.duplicates.length === 0 && page.merged.length === 0) return null
  return (
    <>
      {page.duplicates.length > 0 ? (
        <Section title={t('person.duplicates')}>
          {page.duplicates.map(({ contact: other, canMerge }) => (
            <div key={other.id}>
              <PersonLine person={other} />
              <div className={classes.choice}>
                {canMerge ? (
                  <Button size="compact-sm" variant="light" onClick={() => void ask([aboutContact(id, { do: 'mergeWith', other: other.id })], t('person.mergedDone', { name: other.fullName }))}>
                    {t('person.merge')}
                  </Button>
                ) : null}
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  onClick={() => void ask([aboutContact(id, { do: 'keepApart', other: other.id })], t('person.apartDone', { name: other.fullName }))}
                >
                  {t('person.keepApart')}
                </Button>
              </div>
              {canMerge ? null : <p className={classes.sub}>{t('review.otherBranch')}</p>}
            </div>
          ))}
        </Section>
      ) : null}
      {page.merged.length > 0 ? (
        <Section title={t('person.merged')}>
          {page.merged.map((other) => (
            <PersonLine key={other.id} person={other}>
              <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void ask([aboutContact(id, { do: 'unmerge', other: other.id })], t('person.unmergedDone', { name: other.fullName }))}>
                {t('person.unmerge')}
              </Button>
            </PersonLine>
          ))}
        </Section>
      ) : null}
    </>
  )
}
