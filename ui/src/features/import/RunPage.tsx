import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../ipc/useErrorText'
import { PageHeader } from '../../kit/PageHeader'
import { ErrorState, LoadingLines } from '../../kit/States'
import { Chip } from '../../kit/StatusDot'
import { ImportProgress } from './ImportProgress'
import { ImportReport } from './ImportReport'
import classes from './RunPage.module.css'
import { stateTone } from './states'
import { UndoProgress } from './UndoProgress'
import { useForgetImports, useImport, useJob } from './useImport'
import { importScreen } from './wizard'

type Props = { importId: string; fileName: string }

/** An import that runs or ran: how far it is, what came of it, and the way back. */
export function RunPage({ importId, fileName }: Props) {
  const { t } = useTranslation()
  const say = useErrorText()
  const view = useImport(importId)
  const forget = useForgetImports()
  const [undoing, setUndoing] = useState<string | null>(null)
  const undoJob = useJob(undoing)
  const undoState = undoJob?.state
  useEffect(() => {
    if (undoState === 'done' || undoState === 'failed' || undoState === 'cancelled') forget()
  }, [undoState, forget])
  const state = view.data?.state
  return (
    <>
      <PageHeader
        title={t('nav.import')}
        chips={
          <>
            <Chip>{fileName || t('import.pastedName')}</Chip>
            {state ? <Chip tone={stateTone(state)}>{t(`import.state.${state}`, { defaultValue: state })}</Chip> : null}
          </>
        }
        actions={
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconArrowLeft size={15} stroke={1.7} />}
            onClick={() => importScreen.set({ kind: 'start' })}
          >
            {t('import.allImports')}
          </Button>
        }
      />
      <div className={classes.page}>
        <div className={classes.column}>
          {view.error ? <ErrorState message={say(view.error)} onRetry={() => void view.refetch()} /> : null}
          {view.isPending ? <LoadingLines rows={5} /> : null}
          {undoJob?.state === 'running' ? <UndoProgress job={undoJob} /> : null}
          {view.data && undoJob?.state !== 'running' ? (
            view.data.state === 'running' || view.data.state === 'paused' || view.data.state === 'failed' ? (
              <ImportProgress view={view.data} onUndo={setUndoing} onMoved={forget} />
            ) : (
              <ImportReport view={view.data} undoFailed={undoState === 'failed' ? (undoJob?.error ?? 'unknown') : null} onUndo={setUndoing} />
            )
          ) : null}
        </div>
      </div>
    </>
  )
}
