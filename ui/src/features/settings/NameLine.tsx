import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../../ipc/call'
import { useIsManager } from '../../ipc/useSession'
import { SectionLine } from '../../kit/Section'
import { showToast } from '../../lib/toasts'
import { NameCell } from './NameCell'
import classes from './Settings.module.css'

type Props = { label: string; value: string; detail?: string; rename: 'workspace.rename' | 'device.rename' }

/** The name of the centre or of this device, changed where it stands. */
export function NameLine({ label, value, detail, rename }: Props) {
  const { t } = useTranslation()
  const isManager = useIsManager()
  const client = useQueryClient()
  const save = async (name: string) => {
    await call(rename, { name })
    await client.invalidateQueries({ queryKey: ['session.get'] })
    showToast({ kind: 'done', message: t('settings.renamed', { name }) })
  }
  return (
    <SectionLine title={label} detail={detail}>
      <div className={classes.line}>
        <NameCell label={label} value={value} isReadOnly={!isManager} onSave={save} />
      </div>
    </SectionLine>
  )
}
