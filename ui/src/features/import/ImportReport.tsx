import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '../../ipc/bindings/ImportView'
import { saveFile } from '../../ipc/call'
import { IpcError } from '../../ipc/errors'
import { useCall, useDo } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { formatDateTime } from '../../lib/dates'
import { formatCount } from '../../lib/money'
import { CountCards } from './CountCards'
import { ReportRows } from './ReportRows'
import classes from './RunPage.module.css'
import { TroubleNote } from './TroubleNote'
import { UndoImport } from './UndoImport'

type Props = {
  view: ImportView
  /** The code of the error, when taking it back failed. */
  undoFailed: string | null
  onUndo: (job: string) => void
}

/** What an import did: figures, the rows to mend, and the way back. */
export function ImportReport({ view, undoFailed, onUndo }: Props) {
  const { t } = useTranslation()
  const say = useErrorText()
  const isUndone = view.state === 'undone'
  const written = view.counts.new + view.counts.updated
  return (
    <section className={classes.section} aria-labelledby="import-report">
      <h2 id="import-report" className={classes.title}>
        {isUndone ? t('import.report.undone') : t('import.report.done', { count: written, n: formatCount(written) })}
      </h2>
      <p className={classes.hint}>
        {isUndone ? t('import.report.undoneBody') : t('import.report.from', { file: view.fileName || t('import.pastedName'), at: formatDateTime(view.startedAtMs) })}
      </p>
      {isUndone || view.counts.duplicate === 0 ? null : (
        <p className={classes.hint}>
          {t('import.report.sameTwice', { count: view.counts.duplicate, n: formatCount(view.counts.duplicate), rows: formatCount(written + view.counts.duplicate) })}
        </p>
      )}
      <CountCards counts={view.counts} />
      {undoFailed ? <TroubleNote title={t('import.undo.failed')}>{say(new IpcError(undoFailed, 'undo failed'))}</TroubleNote> : null}
      {isUndone ? null : <ErrorFile view={view} />}
      {isUndone ? null : <ReportRows importId={view.id} />}
      {isUndone ? null : (
        <div className={classes.actions}>
          <Button component={Link} to="/people">
            {t('import.report.toPeople')}
          </Button>
          <UndoImport view={view} onUndo={onUndo} />
        </div>
      )}
    </section>
  )
}

type ErrorFileProps = { view: ImportView }

/** Offers the rows that could not be used, or not be read in full, as a file to mend and bring again. */
function ErrorFile({ view }: ErrorFileProps) {
  const { t } = useTranslation()
  const say = useErrorText()
  const making = useDo('import.errors')
  const unread = useCall('import.rows', { import: view.id, outcome: 'unread', offset: 0, limit: 1 })
  const [trouble, setTrouble] = useState<unknown>(null)
  const errors = view.counts.error
  const half = unread.data?.total ?? 0
  if (errors + half === 0) return null
  const save = async () => {
    setTrouble(null)
    try {
      const file = await making.mutateAsync({ import: view.id })
      await saveFile({ ...file })
    } catch (thrown) {
      setTrouble(thrown)
    }
  }
  return (
    <TroubleNote
      tone={errors > 0 ? 'danger' : 'warning'}
      title={[
        errors > 0 ? t('import.report.errors', { count: errors, n: formatCount(errors) }) : null,
        half > 0 ? t('import.report.unreadRows', { count: half, n: formatCount(half) }) : null,
      ]
        .filter((part) => part !== null)
        .join(' · ')}
      action={
        <Button variant="default" leftSection={<IconDownload size={15} stroke={1.7} />} loading={making.isPending} onClick={() => void save()}>
          {t('import.report.errorFile')}
        </Button>
      }
    >
      {trouble ? say(trouble) : t('import.report.errorsBody')}
    </TroubleNote>
  )
}
