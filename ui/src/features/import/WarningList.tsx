import { useTranslation } from 'react-i18next'
import { TroubleNote } from './TroubleNote'

type Props = { warnings: readonly string[] }

/** What was noticed about the file: a code, and after a colon the place or text in question. */
export function WarningList({ warnings }: Props) {
  const { t } = useTranslation()
  if (warnings.length === 0) return null
  return (
    <TroubleNote tone="warning">
      {warnings.map((warning) => {
        const [code = '', ...rest] = warning.split(':')
        return <div key={warning}>{t(`import.warning.${code}`, { text: rest.join(':').trim(), defaultValue: warning })}</div>
      })}
    </TroubleNote>
  )
}
