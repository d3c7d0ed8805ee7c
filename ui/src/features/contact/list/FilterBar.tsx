import { Button, Popover } from '@mantine/core'
import { IconFilter, IconX } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '../../../ipc/bindings/Filter'
import { FilterBuilder } from '../../../kit/filter/FilterBuilder'
import { usable, type FilterGroup } from '../../../kit/filter/filter'
import type { Fields } from '../model/useFields'
import classes from './FilterBar.module.css'
import { asGroup, filterFields, hasPart, partText, quickFilters, togglePart, withoutPart } from './filterFields'

type Props = {
  filter: Filter
  onChange: (filter: Filter) => void
  fields: Fields
  /** Who sits here, for "mine". */
  staff: string | null
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
}

/** The filter as chips, the filters of every day as one press, and the builder behind a button. */
export function FilterBar({ filter, onChange, fields, staff, isOpen, onOpen }: Props) {
  const { t } = useTranslation()
  const group = asGroup(filter)
  const quick = useMemo(() => quickFilters(staff), [staff])
  const quickOff = quick.filter((each) => !hasPart(filter, each.rule))
  useEffect(() => {
    if (!isOpen) return
    // The lists of the builder float in portals of their own: a press in them is not one outside.
    const onPress = (event: MouseEvent) => {
      if (event.target instanceof Element && !event.target.closest('[data-portal], [aria-expanded="true"]')) onOpen(false)
    }
    document.addEventListener('mousedown', onPress)
    return () => document.removeEventListener('mousedown', onPress)
  }, [isOpen, onOpen])
  return (
    <div className={classes.bar} role="group" aria-label={t('people.filter')}>
      <Popover opened={isOpen} onChange={onOpen} position="bottom-start" width={620} trapFocus returnFocus closeOnClickOutside={false}>
        <Popover.Target>
          <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconFilter size={14} stroke={1.6} />} onClick={() => onOpen(!isOpen)} aria-expanded={isOpen}>
            {t('people.filter')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown className={classes.builder}>
          <BuilderDraft filter={filter} onChange={onChange} fields={fields} />
        </Popover.Dropdown>
      </Popover>
      {group.of.map((part, at) => {
        const words = partText(part as Filter, fields, t)
        return (
          <span key={`${words}-${at}`} className={classes.chip}>
            {at > 0 && group.is === 'any' ? <span className={classes.join}>{t('chips.any')}</span> : null}
            <button type="button" className={classes.words} onClick={() => onOpen(true)}>
              {words}
            </button>
            <button type="button" className={classes.off} aria-label={t('people.dropFilter', { what: words })} onClick={() => onChange(withoutPart(filter, at))}>
              <IconX size={12} aria-hidden />
            </button>
          </span>
        )
      })}
      {group.of.length > 1 ? (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onChange({ is: 'all', of: [] })}>
          {t('people.clearFilter')}
        </Button>
      ) : null}
      <span className={classes.quick}>
        {quickOff.map((each) => (
          <button key={each.id} type="button" className={classes.offer} onClick={() => onChange(togglePart(filter, each.rule))}>
            {each.id === 'mine' ? t('people.mine') : partText(each.rule, fields, t)}
          </button>
        ))}
      </span>
    </div>
  )
}

type DraftProps = Pick<Props, 'filter' | 'onChange' | 'fields'>

/** Keeps half-written rules while the list already follows those that say enough. */
function BuilderDraft({ filter, onChange, fields }: DraftProps) {
  const [draft, setDraft] = useState<FilterGroup>(() => asGroup(filter))
  useEffect(() => {
    setDraft((current) => (JSON.stringify(usable(current)) === JSON.stringify(filter) ? current : asGroup(filter)))
  }, [filter])
  const known = useMemo(() => filterFields(fields), [fields])
  return (
    <FilterBuilder
      fields={known}
      value={draft}
      onChange={(next) => {
        setDraft(next)
        onChange(usable(next) as Filter)
      }}
    />
  )
}
