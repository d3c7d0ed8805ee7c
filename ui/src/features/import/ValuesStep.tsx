import { useTranslation } from 'react-i18next'
import { useCall } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { ErrorState, LoadingLines } from '../../kit/States'
import shared from './ReadingStep.module.css'
import { ValueTable } from './ValueTable'
import { matchedColumns, type Wizard } from './wizard'

type Props = { wizard: Wizard }

/** What the words of the sheet mean here. */
export function ValuesStep({ wizard }: Props) {
  const { t } = useTranslation()
  const say = useErrorText()
  const definitions = useCall('definition.list', {})
  return (
    <div className={shared.step}>
      <h2 className={shared.title}>{t('import.values.title')}</h2>
      <p className={shared.lead}>{t('import.values.lead')}</p>
      {definitions.isPending ? <LoadingLines rows={6} /> : null}
      {definitions.error ? <ErrorState message={say(definitions.error)} onRetry={() => void definitions.refetch()} /> : null}
      {definitions.data
        ? matchedColumns(wizard).map(({ column, target }) => (
            <ValueTable key={column} wizard={wizard} column={column} target={target} definitions={definitions.data} />
          ))
        : null}
    </div>
  )
}
