import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ViewSpec } from '../../../ipc/bindings/ViewSpec'
import { useIsManager } from '../../../ipc/useSession'
import { useFocusBack } from '../../../kit/useFocusBack'
import { useSaveView } from './useSaveView'

type Props = { spec: ViewSpec; staff: string | null; onClose: () => void }

/** Names a view and says who sees it. */
export function SaveViewForm({ spec, staff, onClose }: Props) {
  const { t } = useTranslation()
  const save = useSaveView(staff)
  const isManager = useIsManager()
  useFocusBack()
  const [name, setName] = useState('')
  const [isShared, setShared] = useState(staff === null)
  const [isPinned, setPinned] = useState(true)
  return (
    <Modal opened onClose={onClose} title={t('people.saveAsView')} size="sm" closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!name.trim()) return
          void save.create(name.trim(), spec, isShared, isPinned).then((isSaved) => isSaved && onClose())
        }}
      >
        <Stack gap="sm">
          <TextInput label={t('people.viewName')} placeholder={t('people.viewNameHint')} data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Checkbox label={t('people.viewShared')} checked={isShared} disabled={staff === null || !isManager} description={isManager ? undefined : t('people.viewPrivateBody')} onChange={(event) => setShared(event.currentTarget.checked)} />
          <Checkbox label={t('people.viewPinned')} checked={isPinned} onChange={(event) => setPinned(event.currentTarget.checked)} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" disabled={!name.trim()}>
              {t('kit.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
