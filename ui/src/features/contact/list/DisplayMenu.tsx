import { ActionIcon, Button, Checkbox, Popover, Select } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ViewSpec } from '../../../ipc/bindings/ViewSpec'
import type { Fields } from '../model/useFields'
import { columnKeys, groupKeys } from './columns'
import classes from './DisplayMenu.module.css'
import { changeColumns, changeSpec, columnsOf } from './listState'

type Props = { spec: ViewSpec; fields: Fields }

const sortKeys = ['fullName', 'createdAt', 'updatedAt', 'lastInteractionAt', 'nextStepAt', 'birthOn', 'status'] as const

/** The columns with the one at `at` moved by one place. */
export function steppedColumns(columns: readonly string[], at: number, step: -1 | 1): string[] {
  const next = [...columns]
  const [moved] = next.splice(at, 1)
  if (moved) next.splice(at + step, 0, moved)
  return next
}

/** How the list is laid out: groups, order, columns. */
export function DisplayMenu({ spec, fields }: Props) {
  const { t } = useTranslation()
  const columns = columnsOf(spec)
  const others = columnKeys(fields).filter((key) => !columns.includes(key))
  const [sort] = spec.sort
  return (
    <Popover position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={15} stroke={1.6} />} className={classes.button} aria-label={t('people.display')}>
          <span className={classes.label}>{t('people.display')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel}>
        <Select
          label={t('people.groupBy')}
          data={[{ value: '', label: t('people.noGroup') }, ...groupKeys.map((key) => ({ value: key, label: fields.field(key).label }))]}
          value={spec.groupBy ?? ''}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          onChange={(key) => changeSpec({ groupBy: key || null })}
        />
        <div className={classes.sort}>
          <Select
            label={t('people.sortBy')}
            data={sortKeys.map((key) => ({ value: key, label: key === 'fullName' ? t('people.byGivenName') : fields.field(key).label }))}
            value={sort?.field ?? 'fullName'}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            onChange={(field) => changeSpec({ sort: !field || field === 'fullName' ? [] : [{ field, isDescending: sort?.isDescending ?? false }] })}
          />
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t(sort?.isDescending ? 'people.descending' : 'people.ascending')}
            onClick={() => changeSpec({ sort: [{ field: sort?.field ?? 'fullName', isDescending: !sort?.isDescending }] })}
          >
            {sort?.isDescending ? <IconArrowDown size={15} /> : <IconArrowUp size={15} />}
          </ActionIcon>
        </div>
        <div className={classes.title}>{t('people.columns')}</div>
        <div className={classes.columns}>
          {columns.map((key, at) => (
            <div key={key} className={classes.line}>
              <Checkbox
                label={fields.field(key).label}
                checked
                disabled={key === 'fullName'}
                onChange={() => changeColumns(columns.filter((each) => each !== key))}
              />
              <span className={classes.moves}>
                <ActionIcon size={24} disabled={at === 0} aria-label={t('people.columnLeft', { name: fields.field(key).label })} onClick={() => changeColumns(steppedColumns(columns, at, -1))}>
                  <IconArrowUp size={13} />
                </ActionIcon>
                <ActionIcon size={24} disabled={at === columns.length - 1} aria-label={t('people.columnRight', { name: fields.field(key).label })} onClick={() => changeColumns(steppedColumns(columns, at, 1))}>
                  <IconArrowDown size={13} />
                </ActionIcon>
              </span>
            </div>
          ))}
          {others.map((key) => (
            <div key={key} className={classes.line}>
              <Checkbox label={fields.field(key).label} checked={false} onChange={() => changeColumns([...columns, key])} />
            </div>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
