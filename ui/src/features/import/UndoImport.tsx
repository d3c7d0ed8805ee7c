import { IconArrowBackUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '../../ipc/bindings/ImportView'
import { useDo } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { ConfirmInline } from '../../kit/ConfirmInline'
import { TroubleNote } from './TroubleNote'

type Props = { view: ImportView; onUndo: (job: string) => void }

/** Takes a whole import back, after saying what stays. */
export function UndoImport({ view, onUndo }: Props) {
  const { t } = useTranslation()
  const say = useErrorText()
  const undoing = useDo('import.undo')
  return (
    <>
      <ConfirmInline
        label={t('import.undo.label')}
        icon={<IconArrowBackUp size={15} stroke={1.7} />}
        question={t('import.undo.question')}
        confirmLabel={t('import.undo.confirm')}
        loading={undoing.isPending}
        onConfirm={() => undoing.mutate({ import: view.id }, { onSuccess: ({ job }) => onUndo(job) })}
      />
      {undoing.error ? <TroubleNote title={t('import.undo.failed')}>{say(undoing.error)}</TroubleNote> : null}
    </>
  )
}
