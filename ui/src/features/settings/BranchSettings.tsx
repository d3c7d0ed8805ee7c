import { IconBuilding } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDefinitions } from '../../ipc/useDefinitions'
import { useIsManager } from '../../ipc/useSession'
import { Section, SectionLine } from '../../kit/Section'
import { EmptyState } from '../../kit/States'
import { Chip } from '../../kit/StatusDot'
import { AddLine } from './AddLine'
import { NameCell } from './NameCell'
import { useDefine } from './useDefine'

/** The branches of the centre. */
export function BranchSettings() {
  const { t } = useTranslation()
  const { branches } = useDefinitions()
  const isManager = useIsManager()
  const { save } = useDefine()
  return (
    <Section title={t('settings.branches')} description={t('settings.branchesBody')}>
      {branches.length === 0 ? <EmptyState title={t('settings.noBranches')} /> : null}
      {branches.map((branch) => (
        <SectionLine
          key={branch.id}
          icon={<IconBuilding size={18} stroke={1.5} aria-hidden />}
          title={
            <NameCell
              label={t('settings.branchName')}
              value={branch.name}
              isReadOnly={!isManager}
              onSave={(name) => save({ do: 'branch', name }, t('settings.renamed', { name }), branch.id)}
            />
          }
        >
          {branch.isHeld ? <Chip tone="accent">{t('settings.heldHere')}</Chip> : null}
        </SectionLine>
      ))}
      {isManager ? (
        <AddLine
          label={t('settings.addBranch')}
          placeholder="Thủ Đức"
          known={branches.map((branch) => branch.name)}
          onAdd={(name) => save({ do: 'branch', name }, t('settings.added', { name }))}
        />
      ) : null}
    </Section>
  )
}
