import { useTranslation } from 'react-i18next'
import type { JobView } from '../../ipc/bindings/JobView'
import { ProgressBar } from '../../kit/ProgressBar'
import classes from './RunPage.module.css'

type Props = { job: JobView }

/** How far the taking back of an import is. */
export function UndoProgress({ job }: Props) {
  const { t } = useTranslation()
  return (
    <section className={classes.section} aria-label={t('import.undo.running')}>
      <ProgressBar label={t('import.undo.running')} done={job.done} total={job.total || null} />
      <p className={classes.hint}>{t('import.undo.leave')}</p>
    </section>
  )
}
