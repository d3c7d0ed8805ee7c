import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '../../ipc/bindings/ImportView'
import { IpcError } from '../../ipc/errors'
import { useDo } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { ProgressBar } from '../../kit/ProgressBar'
import { formatCount } from '../../lib/money'
import { CountCards } from './CountCards'
import classes from './RunPage.module.css'
import { TroubleNote } from './TroubleNote'
import { UndoImport } from './UndoImport'
import { useJob } from './useImport'

type Props = { view: ImportView; onUndo: (job: string) => void; onMoved: () => void }

/** An import at work, resting, or stopped by a failure. */
export function ImportProgress({ view, onUndo, onMoved }: Props) {
  const { t } = useTranslation()
  const say = useErrorText()
  const running = useDo('import.run')
  const pausing = useDo('import.pause')
  const job = useJob(view.state === 'failed' ? view.job : null)
  const args = { import: view.id }
  const isRunning = view.state === 'running'
  const left = view.rowsTotal - view.rowsDone
  return (
    <section className={classes.section} aria-label={t(`import.run.${view.state}`)}>
      {view.state === 'failed' ? (
        <TroubleNote title={t('import.run.failed')}>
          {job?.error ? say(new IpcError(job.error, 'import failed')) : null} {t('import.run.failedKept', { n: formatCount(view.rowsDone) })}
        </TroubleNote>
      ) : null}
      <ProgressBar label={t(`import.run.${view.state}`)} done={view.rowsDone} total={view.rowsTotal} />
      <p className={classes.hint}>{t(isRunning ? 'import.run.leave' : 'import.run.resting')}</p>
      <div className={classes.actions}>
        {isRunning ? (
          <Button
            variant="default"
            leftSection={<IconPlayerPause size={15} stroke={1.7} />}
            loading={pausing.isPending}
            onClick={() => pausing.mutate(args, { onSettled: onMoved })}
          >
            {t('import.run.pause')}
          </Button>
        ) : (
          <>
            <Button
              leftSection={<IconPlayerPlay size={15} stroke={1.7} />}
              loading={running.isPending}
              onClick={() => running.mutate(args, { onSettled: onMoved })}
            >
              {t('import.run.resume', { count: left, n: formatCount(left) })}
            </Button>
            {view.rowsDone > 0 ? <UndoImport view={view} onUndo={onUndo} /> : null}
          </>
        )}
      </div>
      {pausing.error ?? running.error ? <TroubleNote>{say(pausing.error ?? running.error)}</TroubleNote> : null}
      <CountCards counts={view.counts} />
    </section>
  )
}
