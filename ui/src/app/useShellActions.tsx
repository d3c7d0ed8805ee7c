import { IconArrowBackUp, IconKeyboard, IconLayoutSidebar, IconSearch, IconUserPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { undoLast } from '../ipc/undo'
import type { Action } from '../kit/actions/registry'
import { useActions } from '../kit/actions/useActions'
import { places } from './places'
import { isNavCollapsed, overlay } from './shellState'

/** The actions that every screen has: going places, the palette, adding a person, undo. */
export function useShellActions(): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const actions = useMemo<Action[]>(() => {
    const go = places.map((place) => {
      const PlaceIcon = place.icon
      return {
        id: `go.${place.id}`,
        label: t(place.labelKey),
        group: t('actions.go'),
        icon: <PlaceIcon size={16} stroke={1.6} />,
        shortcut: place.shortcut,
        run: () => void navigate({ to: place.to }),
      }
    })
    const group = t('actions.general')
    return [
      {
        id: 'contact.create',
        label: t('actions.addPerson'),
        group,
        icon: <IconUserPlus size={16} stroke={1.6} />,
        shortcut: 'c',
        run: () => overlay.set('quickAdd'),
      },
      {
        id: 'palette.open',
        label: t('actions.palette'),
        group,
        icon: <IconSearch size={16} stroke={1.6} />,
        shortcut: 'mod+k',
        whileTyping: true,
        onlyKey: true,
        run: () => overlay.set((open) => (open === 'palette' ? null : 'palette')),
      },
      { id: 'palette.find', label: t('actions.find'), group, shortcut: '/', onlyKey: true, run: () => overlay.set('palette') },
      {
        id: 'action.undo',
        label: t('actions.undo'),
        group,
        icon: <IconArrowBackUp size={16} stroke={1.6} />,
        shortcut: 'mod+z',
        run: () => void undoLast(),
      },
      {
        id: 'keys.open',
        label: t('actions.keys'),
        group,
        icon: <IconKeyboard size={16} stroke={1.6} />,
        shortcut: '?',
        run: () => overlay.set('keys'),
      },
      {
        id: 'nav.toggle',
        label: t('actions.toggleNav'),
        group,
        icon: <IconLayoutSidebar size={16} stroke={1.6} />,
        shortcut: '[',
        run: () => isNavCollapsed.set((collapsed) => !collapsed),
      },
      ...go,
    ]
  }, [t, navigate])
  useActions(actions)
}
