import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { doneActions } from '../ipc/undo'
import { useDo, useForgetAnswers } from '../ipc/useCall'
import { useErrorText } from '../ipc/useErrorText'
import { useSession } from '../ipc/useSession'
import { showToast } from '../lib/toasts'
import classes from './SampleBanner.module.css'

/** Says that this is the sample centre, and takes it away with one click. */
export function SampleBanner() {
  const { t } = useTranslation()
  const session = useSession()
  const leave = useDo('workspace.leaveSample')
  const forget = useForgetAnswers()
  const errorText = useErrorText()
  if (!session?.isSample) return null
  const forgetAll = () => {
    doneActions.set([])
    void forget()
  }
  return (
    <div className={classes.banner} role="status">
      <span className={classes.words}>{t('app.sample')}</span>
      <Button
        size="compact-sm"
        variant="default"
        loading={leave.isPending}
        onClick={() =>
          leave.mutate({}, { onSuccess: forgetAll, onError: (error) => showToast({ kind: 'error', message: errorText(error) }) })
        }
      >
        {t('app.leaveSample')}
      </Button>
    </div>
  )
}
