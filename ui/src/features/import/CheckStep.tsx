import { Button } from '@mantine/core'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../ipc/useErrorText'
import { useDo } from '../../ipc/useCall'
import { IpcError } from '../../ipc/errors'
import { useActions } from '../../kit/actions/useActions'
import { ErrorState, LoadingLines } from '../../kit/States'
import { ProgressBar } from '../../kit/ProgressBar'
import { formatCount } from '../../lib/money'
import { startCheck, useCheck } from './check'
import { CheckRows } from './CheckRows'
import classes from './CheckStep.module.css'
import { TroubleNote } from './TroubleNote'
import { useImport, useJob } from './useImport'
import { importScreen, type Wizard } from './wizard'
import foot from './WizardPage.module.css'

type Props = { wizard: Wizard; onBack: () => void }

/** What the import would do, row by row; nothing is written yet. */
export function CheckStep({ wizard, onBack }: Props) {
  const { t } = useTranslation()
  const say = useErrorText()
  const check = useCheck(wizard)
  const job = useJob(check?.job ?? null)
  const cancelling = useDo('job.cancel')
  const trouble = check?.error ?? (job?.state === 'failed' ? new IpcError(job.error ?? 'unknown', 'check failed') : null)
  if (trouble || job?.state === 'cancelled') {
    return (
      <div className={classes.waiting}>
        <ErrorState message={trouble ? say(trouble) : t('import.check.cancelled')} onRetry={() => startCheck(wizard, true)} />
      </div>
    )
  }
  if (job?.state !== 'done') {
    const cancel = () => {
      if (job) cancelling.mutate({ job: job.id })
      onBack()
    }
    return (
      <div className={classes.waiting}>
        <div className={classes.progress}>
          <ProgressBar
            label={t('import.check.running')}
            done={job?.done ?? 0}
            total={job?.total || null}
            actions={
              <Button variant="default" onClick={cancel}>
                {t('kit.cancel')}
              </Button>
            }
          />
          <p className={classes.hint}>{t('import.check.nothingWritten')}</p>
        </div>
      </div>
    )
  }
  return <Checked wizard={wizard} stamp={job.id} onBack={onBack} />
}

type CheckedProps = Props & { stamp: string }

function Checked({ wizard, stamp, onBack }: CheckedProps) {
  const { t } = useTranslation()
  const say = useErrorText()
  const view = useImport(wizard.draft.id, stamp)
  const running = useDo('import.run')
  const { mutate, isPending } = running
  const importId = wizard.draft.id
  const known = view.data
  const writes = known ? known.counts.new + known.counts.updated + known.counts.duplicate : 0
  const fileName = known?.fileName ?? ''
  const run = useCallback(() => mutate({ import: importId }, { onSuccess: () => importScreen.set({ kind: 'run', importId, fileName }) }), [mutate, importId, fileName])
  useActions(
    useMemo(
      () => [{ id: 'import.run', label: t('import.step.run'), group: t('nav.import'), shortcut: 'mod+enter', whileTyping: true, isEnabled: () => writes > 0 && !isPending, run }],
      [t, writes, isPending, run],
    ),
  )
  if (view.error) return <ErrorState message={say(view.error)} onRetry={() => void view.refetch()} />
  if (!view.data) return <LoadingLines rows={8} />
  const { counts } = view.data
  return (
    <>
      <CheckRows importId={wizard.draft.id} counts={counts} stamp={stamp} />
      {running.error ? (
        <div className={classes.trouble}>
          <TroubleNote title={t('import.run.notStarted')}>{say(running.error)}</TroubleNote>
        </div>
      ) : null}
      <footer className={foot.foot}>
        <span className={classes.sentence}>
          {t('import.check.nothingWritten')}
          {counts.guardians > 0 ? ` ${t('import.check.guardians', { count: counts.guardians, n: formatCount(counts.guardians) })}` : null}
          {counts.duplicate > 0 ? ` ${t('import.check.sameTwice', { count: counts.duplicate, n: formatCount(counts.duplicate) })}` : null}
        </span>
        <Button variant="default" onClick={onBack}>
          {t('import.back')}
        </Button>
        <Button onClick={run} loading={running.isPending} disabled={writes === 0}>
          {writes === 0 ? t('import.check.nothingToDo') : t('import.check.run', { count: writes, n: formatCount(writes) })}
        </Button>
      </footer>
    </>
  )
}
