import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../ipc/useErrorText'
import { PageHeader } from '../../kit/PageHeader'
import { EarlierImports } from './EarlierImports'
import { FileDrop } from './FileDrop'
import classes from './StartPage.module.css'
import { TroubleNote } from './TroubleNote'
import { useOpenImport } from './useImport'

/** Where an import begins, and what was imported before. */
export function StartPage() {
  const { t } = useTranslation()
  const say = useErrorText()
  const { open, reopen, isOpening, error } = useOpenImport()
  return (
    <>
      <PageHeader title={t('nav.import')} />
      <div className={classes.page}>
        <div className={classes.column}>
          <FileDrop onOpen={open} isOpening={isOpening} />
          {error ? <TroubleNote title={t('import.start.failed')}>{say(error)}</TroubleNote> : null}
          <EarlierImports onReopen={reopen} />
        </div>
      </div>
    </>
  )
}
