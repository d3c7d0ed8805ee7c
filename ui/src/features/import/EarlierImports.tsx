import { UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '../../ipc/bindings/ImportView'
import { useErrorText } from '../../ipc/useErrorText'
import { RelativeTime } from '../../kit/RelativeTime'
import { ErrorState, LoadingLines } from '../../kit/States'
import { StatusDot } from '../../kit/StatusDot'
import { formatCount } from '../../lib/money'
import classes from './EarlierImports.module.css'
import { isDraft, outcomes, stateTone } from './states'
import { useImports } from './useImport'
import { importScreen } from './wizard'

type Props = { onReopen: (importId: string) => void }

/** What was imported before, the latest first. */
export function EarlierImports({ onReopen }: Props) {
  const { t } = useTranslation()
  const say = useErrorText()
  const list = useImports()
  if (list.isPending) return <LoadingLines rows={3} />
  if (list.error) return <ErrorState message={say(list.error)} onRetry={() => void list.refetch()} />
  const imports = list.data
  if (imports.length === 0) return <p className={classes.none}>{t('import.earlier.none')}</p>
  return (
    <section aria-labelledby="earlier-imports">
      <h2 id="earlier-imports" className={classes.heading}>
        {t('import.earlier.title')}
      </h2>
      <ul className={classes.list}>
        {imports.map((each) => (
          <li key={each.id}>
            <ImportLine view={each} onReopen={onReopen} />
          </li>
        ))}
      </ul>
    </section>
  )
}

type LineProps = { view: ImportView; onReopen: (importId: string) => void }

function ImportLine({ view, onReopen }: LineProps) {
  const { t } = useTranslation()
  const open = () =>
    isDraft(view.state)
      ? onReopen(view.id)
      : importScreen.set({ kind: 'run', importId: view.id, fileName: view.fileName })
  const counted = outcomes.filter((outcome) => view.counts[outcome] > 0)
  return (
    <UnstyledButton className={classes.line} onClick={open}>
      <span className={classes.name}>{view.fileName || t('import.pastedName')}</span>
      <span className={classes.state}>
        <StatusDot tone={stateTone(view.state)} hollow={isDraft(view.state) || view.state === 'undone'}>
          {t(`import.state.${view.state}`, { defaultValue: view.state })}
        </StatusDot>
      </span>
      <span className={`${classes.counts} q-numeric`}>
        {view.state === 'running' || view.state === 'paused'
          ? `${formatCount(view.rowsDone)} / ${formatCount(view.rowsTotal)}`
          : counted.length > 0
            ? counted.map((outcome) => t(`import.counted.${outcome}`, { count: view.counts[outcome], n: formatCount(view.counts[outcome]) })).join(' · ')
            : t('import.rows', { count: view.rowsTotal, n: formatCount(view.rowsTotal) })}
      </span>
      <span className={classes.when}>
        <RelativeTime atMs={view.startedAtMs} />
      </span>
      <IconChevronRight size={16} stroke={1.6} aria-hidden className={classes.arrow} />
    </UnstyledButton>
  )
}
