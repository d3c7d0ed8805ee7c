import { Button } from '@mantine/core'
import { IconTag } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDefinitions } from '../../ipc/useDefinitions'
import { useIsManager } from '../../ipc/useSession'
import { Section, SectionLine } from '../../kit/Section'
import { EmptyState } from '../../kit/States'
import { Chip } from '../../kit/StatusDot'
import { formatCount } from '../../lib/money'
import { AddLine } from './AddLine'
import { useDefine } from './useDefine'

/** Tags in use or offered. */
export function TagSettings() {
  const { t } = useTranslation()
  const { tags } = useDefinitions()
  const isManager = useIsManager()
  const { define, save } = useDefine()
  return (
    <Section title={t('settings.tags')} description={t('settings.tagsBody')}>
      {tags.length === 0 ? (
        <EmptyState icon={<IconTag size={28} stroke={1.5} />} title={t('settings.noTags')}>
          {t('settings.noTagsBody')}
        </EmptyState>
      ) : null}
      {tags.map((tag) => (
        <SectionLine key={tag.id} title={<Chip>{tag.label}</Chip>}>
          <span className="q-numeric" style={{ color: 'var(--q-text-faint)' }}>
            {t('settings.people', { count: tag.count, shown: formatCount(tag.count) })}
          </span>
          {isManager && tag.count === 0 ? (
            <Button variant="subtle" color="gray" onClick={() => define({ do: 'archive' }, t('settings.retired', { name: tag.label }), tag.id)}>
              {t('settings.retire')}
            </Button>
          ) : null}
        </SectionLine>
      ))}
      {isManager ? (
        <AddLine
          label={t('settings.addTag')}
          placeholder="Quan tâm IELTS"
          known={tags.map((tag) => tag.label)}
          onAdd={(label) => save({ do: 'tag', label }, t('settings.added', { name: label }))}
        />
      ) : null}
    </Section>
  )
}
