import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { DefinitionEdit } from '../../../ipc/bindings/DefinitionEdit'
import type { SavedView } from '../../../ipc/bindings/SavedView'
import type { ViewSpec } from '../../../ipc/bindings/ViewSpec'
import { newId } from '../model/newId'
import { useAsk } from '../model/useAsk'
import { columnsOf, listState } from './listState'

/** What is saved of a list: never the words in its search field. */
export function savedSpec(spec: ViewSpec): ViewSpec {
  return { ...spec, search: '', columns: columnsOf(spec) }
}

/** Saving, changing and removing views. */
export function useSaveView(staff: string | null) {
  const { t } = useTranslation()
  const ask = useAsk()
  return useMemo(() => {
    const write = (id: string, edit: DefinitionEdit, message: string) => ask([{ noun: 'definition', id, edit }], message)
    const asEdit = (view: Omit<SavedView, 'id' | 'isPrivate' | 'preset'>): DefinitionEdit => ({ do: 'view', name: view.name, staff: view.staff, isPinned: view.isPinned, view: view.view })
    return {
      create: async (name: string, spec: ViewSpec, isShared: boolean, isPinned: boolean) => {
        const id = newId()
        const view = savedSpec(spec)
        const isSaved = await write(id, asEdit({ name, staff: isShared ? null : staff, isPinned, view }), t('people.viewSaved', { name }))
        if (isSaved) listState.set((state) => ({ ...state, viewId: id, spec: { ...view, search: state.spec.search } }))
        return isSaved
      },
      update: (view: SavedView, spec: ViewSpec) => {
        const saved = savedSpec(spec)
        listState.set((state) => ({ ...state, spec: { ...saved, search: state.spec.search } }))
        return write(view.id, asEdit({ ...view, view: saved }), t('people.viewSaved', { name: view.name }))
      },
      change: (view: SavedView, part: Partial<SavedView>) => write(view.id, asEdit({ ...view, ...part }), t('people.viewSaved', { name: view.name })),
      remove: (view: SavedView) => write(view.id, { do: 'archive' }, t('people.viewRemoved', { name: view.name })),
    }
  }, [ask, t, staff])
}
