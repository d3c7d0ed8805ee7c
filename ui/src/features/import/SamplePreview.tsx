import { useTranslation } from 'react-i18next'
import classes from './ReadingStep.module.css'

type Props = {
  header: readonly string[]
  sample: readonly (readonly string[])[]
  /** The line of the first row in the file. */
  firstLine: number
  isWaiting: boolean
}

/** The first rows as they are read now. */
export function SamplePreview({ header, sample, firstLine, isWaiting }: Props) {
  const { t } = useTranslation()
  return (
    <div className={classes.preview} aria-busy={isWaiting} tabIndex={0} role="group" aria-label={t('import.reading.preview')}>
      <table>
        <thead>
          <tr>
            <th scope="col" className={classes.line}>
              <span className="q-visually-hidden">{t('import.line')}</span>
            </th>
            {header.map((name, index) => (
              <th key={index} scope="col" title={name}>
                {name || <span className={classes.blank}>{t('import.columns.unnamed', { number: index + 1 })}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.map((row, index) => (
            <tr key={index}>
              <th scope="row" className={`${classes.line} q-numeric`}>
                {firstLine + index}
              </th>
              {header.map((_, column) => (
                <td key={column} title={row[column]}>
                  {row[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
