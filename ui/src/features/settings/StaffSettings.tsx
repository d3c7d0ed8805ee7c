import { ActionIcon, Menu, Select } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StaffView } from '../../ipc/bindings/StaffView'
import { useDefinitions } from '../../ipc/useDefinitions'
import { useIsManager } from '../../ipc/useSession'
import { Avatar } from '../../kit/Avatar'
import { Section, SectionLine } from '../../kit/Section'
import { EmptyState } from '../../kit/States'
import { AddLine } from './AddLine'
import { NameCell } from './NameCell'
import { useDefine } from './useDefine'

const roles = ['owner', 'manager', 'staff', 'teacher', 'viewer'] as const

/** Who works here. */
export function StaffSettings() {
  const { t } = useTranslation()
  const { staff, branches } = useDefinitions()
  const isManager = useIsManager()
  const { save } = useDefine()
  const [role, setRole] = useState<string>('staff')
  const [branch, setBranch] = useState<string | null>(null)
  return (
    <Section title={t('settings.staff')} description={t('settings.staffBody')}>
      {staff.length === 0 ? <EmptyState title={t('settings.noStaff')} /> : null}
      {staff.map((member) => (
        <StaffLine key={member.id} member={member} isManager={isManager} />
      ))}
      {isManager ? (
        <AddLine
          label={t('settings.addStaff')}
          placeholder={t('settings.staffHint')}
          onAdd={(name) => save({ do: 'staff', name, branch, role }, t('settings.added', { name }))}
        >
          <Select
            aria-label={t('settings.staffRole')}
            data={roles.map((value) => ({ value, label: t(`roles.${value}`) }))}
            value={role}
            onChange={(next) => next && setRole(next)}
            allowDeselect={false}
            w={140}
          />
          <Select
            aria-label={t('settings.staffBranch')}
            placeholder={t('settings.staffBranch')}
            data={branches.map((each) => ({ value: each.id, label: each.name }))}
            value={branch}
            onChange={setBranch}
            clearable
            w={140}
          />
        </AddLine>
      ) : null}
    </Section>
  )
}

type Props = { member: StaffView; isManager: boolean }

function StaffLine({ member, isManager }: Props) {
  const { t } = useTranslation()
  const { branches } = useDefinitions()
  const { define, save } = useDefine()
  const { name, branch, role } = member
  const change = (next: Partial<{ branch: string | null; role: string }>) =>
    define({ do: 'staff', name, branch, role, ...next }, t('settings.changed', { name }), member.id)
  return (
    <SectionLine
      isFaded={!member.isActive}
      icon={<Avatar name={name} seed={member.id} size={28} />}
      title={
        <NameCell
          label={t('settings.staffName')}
          value={name}
          isReadOnly={!isManager}
          onSave={(next) => save({ do: 'staff', name: next, branch, role }, t('settings.renamed', { name: next }), member.id)}
        />
      }
    >
      <Select
        aria-label={t('settings.roleOf', { name })}
        data={roles.map((value) => ({ value, label: t(`roles.${value}`) }))}
        value={role}
        disabled={!isManager || !member.isActive}
        onChange={(next) => next && change({ role: next })}
        allowDeselect={false}
        variant="quiet"
        w={136}
      />
      <Select
        aria-label={t('settings.branchOf', { name })}
        placeholder={t('settings.anyBranch')}
        data={branches.map((each) => ({ value: each.id, label: each.name }))}
        value={branch}
        disabled={!isManager || !member.isActive}
        onChange={(next) => change({ branch: next })}
        clearable
        variant="quiet"
        w={136}
      />
      {isManager ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('settings.staffMenu', { name })}>
              <IconDots size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => define({ do: member.isActive ? 'archive' : 'restore' }, t(member.isActive ? 'settings.retired' : 'settings.restored', { name }), member.id)}>
              {member.isActive ? t('settings.retireStaff') : t('settings.restore')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </SectionLine>
  )
}
