import { ActionIcon, Button, Menu, SegmentedControl, Select } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { groupOf, joined, newRule, operatorsOf, withOperator, type FilterField, type FilterGroup, type FilterNode, type FilterRule, type Join, type JoinedGroup } from './filter'
import classes from './FilterBuilder.module.css'
import { RuleValue } from './RuleValue'

/** How deep groups may stand in groups. */
const DEPTH_MAX = 4

type Props = {
  fields: readonly FilterField[]
  value: FilterGroup
  onChange: (value: FilterGroup) => void
}

/** Builds a filter: rules in groups, "all", "any" and "none", as deep as people can still read. */
export function FilterBuilder({ fields, value, onChange }: Props) {
  return <GroupEditor fields={fields} group={{ join: value.is, of: value.of }} onChange={({ join, of }) => onChange({ is: join === 'all' ? 'all' : 'any', of })} depth={0} />
}

type GroupProps = {
  fields: readonly FilterField[]
  group: JoinedGroup
  onChange: (group: JoinedGroup) => void
  onRemove?: () => void
  depth: number
}

function GroupEditor({ fields, group, onChange, onRemove, depth }: GroupProps) {
  const { t } = useTranslation()
  const replace = (index: number, node: FilterNode | null) =>
    onChange({ ...group, of: group.of.flatMap((each, at) => (at !== index ? [each] : node ? [node] : [])) })
  const add = (node: FilterNode) => onChange({ ...group, of: [...group.of, node] })
  const joins: Join[] = depth === 0 ? ['all', 'any'] : ['all', 'any', 'none']
  return (
    <div className={classes.group} data-depth={depth} role="group" aria-label={t(`filter.${group.join}`)}>
      <div className={classes.head}>
        <SegmentedControl
          aria-label={t('filter.join')}
          value={group.join}
          onChange={(join) => onChange({ ...group, join: join as Join })}
          data={joins.map((join) => ({ value: join, label: t(`filter.${join}`) }))}
        />
        {onRemove ? (
          <ActionIcon aria-label={t('filter.removeGroup')} onClick={onRemove}>
            <IconTrash size={15} stroke={1.6} />
          </ActionIcon>
        ) : null}
      </div>
      {group.of.map((node, index) =>
        node.is === 'rule' ? (
          <RuleEditor key={index} fields={fields} rule={node} onChange={(next) => replace(index, next)} onRemove={() => replace(index, null)} />
        ) : (
          <GroupEditor key={index} fields={fields} group={joined(node)} depth={depth + 1} onChange={(next) => replace(index, groupOf(next))} onRemove={() => replace(index, null)} />
        ),
      )}
      <div className={classes.foot}>
        <Menu position="bottom-start">
          <Menu.Target>
            <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />}>
              {t('filter.addRule')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
            {fields.map((field) => (
              <Menu.Item key={field.field} onClick={() => add(newRule(field))}>
                {field.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        {depth < DEPTH_MAX ? (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => add({ is: group.join === 'all' ? 'any' : 'all', of: [] })}>
            {t('filter.addGroup')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

type RuleProps = { fields: readonly FilterField[]; rule: FilterRule; onChange: (rule: FilterRule) => void; onRemove: () => void }

function RuleEditor({ fields, rule, onChange, onRemove }: RuleProps) {
  const { t } = useTranslation()
  const field = fields.find((each) => each.field === rule.field)
  const operatorLabel = (op: FilterRule['op']) =>
    field?.type === 'number' && (op === 'before' || op === 'after') ? t(`filter.numberOp.${op}`) : t(`filter.op.${op}`)
  return (
    <div className={classes.rule}>
      <Select
        aria-label={t('filter.field')}
        data={fields.map((each) => ({ value: each.field, label: each.label }))}
        value={rule.field}
        onChange={(next) => {
          const chosen = fields.find((each) => each.field === next)
          if (chosen) onChange(newRule(chosen))
        }}
        searchable
        allowDeselect={false}
        className={classes.field}
        comboboxProps={{ withinPortal: true, width: 'max-content', position: 'bottom-start' }}
      />
      {field ? (
        <Select
          aria-label={t('filter.operator')}
          data={operatorsOf(field).map((op) => ({ value: op, label: operatorLabel(op) }))}
          value={rule.op}
          onChange={(op) => op && onChange(withOperator(rule, field, op as FilterRule['op']))}
          allowDeselect={false}
          className={classes.operator}
          comboboxProps={{ withinPortal: true, width: 'max-content', position: 'bottom-start' }}
        />
      ) : null}
      {field ? <RuleValue field={field} rule={rule} onChange={(value) => onChange({ ...rule, value })} /> : null}
      <ActionIcon aria-label={t('filter.removeRule')} onClick={onRemove}>
        <IconTrash size={15} stroke={1.6} />
      </ActionIcon>
    </div>
  )
}
