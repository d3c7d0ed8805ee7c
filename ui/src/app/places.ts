import {
  IconGitMerge,
  IconCalendarCheck,
  IconFileImport,
  IconRefresh,
  IconSettings,
  IconUsers,
  type Icon,
} from '@tabler/icons-react'

/** A place that the navigation leads to. */
export type Place = {
  id: 'today' | 'people' | 'import' | 'review' | 'sync' | 'settings'
  to: '/today' | '/people' | '/import' | '/review' | '/sync' | '/settings'
  labelKey: string
  shortcut: string
  icon: Icon
  /** Stands below, apart from the daily work. */
  isQuiet?: boolean
}

/** The places in the order of the navigation. */
export const places: readonly Place[] = [
  { id: 'today', to: '/today', labelKey: 'nav.today', shortcut: 'g t', icon: IconCalendarCheck },
  { id: 'people', to: '/people', labelKey: 'nav.people', shortcut: 'g p', icon: IconUsers },
  { id: 'review', to: '/review', labelKey: 'nav.review', shortcut: 'g r', icon: IconGitMerge },
  { id: 'import', to: '/import', labelKey: 'nav.import', shortcut: 'g i', icon: IconFileImport },
  { id: 'sync', to: '/sync', labelKey: 'nav.sync', shortcut: 'g s', icon: IconRefresh, isQuiet: true },
  { id: 'settings', to: '/settings', labelKey: 'nav.settings', shortcut: 'g c', icon: IconSettings, isQuiet: true },
]
