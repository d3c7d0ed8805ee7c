import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconChevronDown, IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SavedView } from '../../../ipc/bindings/SavedView'
import { useIsManager } from '../../../ipc/useSession'
import { CountTabs } from '../../../kit/CountTabs'
import { isChanged, openView, type ListState } from './listState'
import { SaveViewForm } from './SaveViewForm'
import { useSaveView } from './useSaveView'

type Props = { views: readonly SavedView[]; state: ListState; staff: string | null }

const EVERYONE = 'everyone'

/** Views in the order of the tabs: pinned first, those of others left out. */
export function shownViews(views: readonly SavedView[], staff: string | null): SavedView[] {
  return views
    .filter((view) => view.preset === null && (view.staff === null || view.staff === staff))
    .sort((a, b) => Number(b.isPinned) - Number(a.isPinned) || a.name.localeCompare(b.name, 'vi'))
}

/** Views that ship with the program. */
export function shippedViews(views: readonly SavedView[]): SavedView[] {
  return views.filter((view) => view.preset !== null)
}

/** The saved views as tabs, and what can be done with the open one. */
export function ViewTabs({ views, state, staff }: Props) {
  const { t } = useTranslation()
  const [isNaming, setNaming] = useState(false)
  const save = useSaveView(staff)
  const isManager = useIsManager()
  const shown = shownViews(views, staff)
  const open = views.find((view) => view.id === state.viewId) ?? null
  const isShipped = open !== null && open.preset !== null
  const mayChange = !isShipped && (isManager || open?.isPrivate === true)
  const nameOf = (view: SavedView) => (view.preset === null ? view.name : t(`presets.${view.preset}`, { defaultValue: view.name }))
  const tabs = isShipped ? [...shown, open] : shown
  const isDirty = open
    ? isChanged(state.spec, open.view)
    : isChanged({ ...state.spec, columns: [] }, { filter: { is: 'all', of: [] }, search: '', sort: [], groupBy: null, columns: [] })
  return (
    <>
      <CountTabs
        label={t('people.views')}
        value={open?.id ?? EVERYONE}
        onChange={(id) => openView(views.find((view) => view.id === id) ?? null)}
        tabs={[{ value: EVERYONE, label: t('people.everyone') }, ...tabs.map((view) => ({ value: view.id, label: nameOf(view) }))]}
      />
      <ShippedMenu views={shippedViews(views)} nameOf={nameOf} />
      {isDirty && open && mayChange ? (
        <Button variant="light" size="compact-sm" onClick={() => save.update(open, state.spec)}>
          {t('people.saveView')}
        </Button>
      ) : null}
      {isDirty ? (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setNaming(true)}>
          {t('people.saveAsView')}
        </Button>
      ) : null}
      {open && isShipped && isDirty ? (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => openView(open)}>
          {t('people.resetView')}
        </Button>
      ) : null}
      {open && !isShipped ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <ActionIcon size={26} aria-label={t('people.viewMenu', { name: open.name })}>
              <IconDots size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item disabled={!mayChange} onClick={() => save.change(open, { isPinned: !open.isPinned })}>{t(open.isPinned ? 'people.unpinView' : 'people.pinView')}</Menu.Item>
            <Menu.Item disabled={!isManager} onClick={() => save.change(open, { staff: open.staff ? null : staff })}>{t(open.staff ? 'people.shareView' : 'people.keepView')}</Menu.Item>
            {isDirty ? <Menu.Item onClick={() => openView(open)}>{t('people.resetView')}</Menu.Item> : null}
            <Menu.Divider />
            <Menu.Item
              color="red"
              disabled={!mayChange}
              onClick={() => {
                openView(null)
                save.remove(open)
              }}
            >
              {t('people.removeView')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {isNaming ? <SaveViewForm spec={state.spec} staff={staff} onClose={() => setNaming(false)} /> : null}
    </>
  )
}

type ShippedProps = { views: readonly SavedView[]; nameOf: (view: SavedView) => string }

/** The lists that every centre asks for, behind one button. */
function ShippedMenu({ views, nameOf }: ShippedProps) {
  const { t } = useTranslation()
  if (views.length === 0) return null
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm" rightSection={<IconChevronDown size={13} stroke={1.6} />}>
          {t('people.shippedViews')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {views.map((view) => (
          <Menu.Item key={view.id} onClick={() => openView(view)}>
            {nameOf(view)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
