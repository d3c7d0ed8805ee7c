import { IconGitMerge } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { useCallback, useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConflictList as Answer } from '../../ipc/bindings/ConflictList'
import type { ConflictView } from '../../ipc/bindings/ConflictView'
import type { IpcError } from '../../ipc/errors'
import { useDefinitions } from '../../ipc/useDefinitions'
import { useErrorText } from '../../ipc/useErrorText'
import { useActions } from '../../kit/actions/useActions'
import { EmptyState, ErrorState, LoadingLines } from '../../kit/States'
import { conflictLabel, fieldText, saidShort } from '../../lib/terms'
import { ConflictCard } from './ConflictCard'
import { KeyHints } from './KeyHints'
import classes from './Review.module.css'
import { useListFocus } from './useListFocus'
import { useReviewEdit } from './useReviewEdit'


const keyOf = (conflict: ConflictView) => `${conflict.contact.id} ${conflict.field}`

type Props = { asked: UseQueryResult<Answer, IpcError>; /** Stands below the last. */ rest?: ReactNode }

/** Fields that were written differently on two devices; one key chooses. */
export function ConflictList({ asked, rest }: Props) {
  const say = useErrorText()
  if (asked.error && !asked.data) return <ErrorState message={say(asked.error)} onRetry={() => void asked.refetch()} />
  if (!asked.data) return <LoadingLines rows={8} />
  return <Conflicts all={asked.data.rows} rest={rest} />
}

type ListProps = { all: readonly ConflictView[]; rest: ReactNode }

function Conflicts({ all, rest }: ListProps) {
  const { t } = useTranslation()
  const definitions = useDefinitions()
  const { decided, decide } = useReviewEdit('conflict.list')
  const conflicts = useMemo(() => all.filter((conflict) => !decided.has(keyOf(conflict))), [all, decided])
  const { list, focus, setFocus } = useListFocus(conflicts.length)
  const choose = useCallback(
    (conflict: ConflictView, version: number) => {
      const kept = conflict.versions[version]
      if (!kept) return
      const label = conflictLabel(t, conflict, definitions)
      void decide({
        key: keyOf(conflict),
        contact: conflict.contact.id,
        edit: { do: 'resolve', field: conflict.field, value: kept.value === '' ? null : kept.value },
        done: kept.value === ''
          ? t('review.keptBlank', { field: label, name: conflict.contact.fullName })
          : t('review.kept', { field: label, name: conflict.contact.fullName, value: saidShort(fieldText(t, conflict.field, kept.value, definitions)) }),
        failed: t('review.notKept'),
      })
    },
    [t, decide, definitions],
  )
  const focused = conflicts[focus]
  const actions = useMemo(
    () =>
      [0, 1, 2, 3].map((version) => ({
        id: `review.choose.${version + 1}`,
        label: t('review.choose', { number: version + 1 }),
        group: t('nav.review'),
        shortcut: String(version + 1),
        onlyKey: true,
        isEnabled: () => focused !== undefined && version < focused.versions.length,
        run: () => focused && choose(focused, version),
      })),
    [t, focused, choose],
  )
  useActions(actions)
  return (
    <>
      <div className={classes.scroller}>
        {conflicts.length === 0 ? (
          <EmptyState icon={<IconGitMerge size={28} stroke={1.5} />} title={t('review.emptyTitle')}>
            {t('review.emptyBody')}
          </EmptyState>
        ) : null}
        <ul ref={list} className={classes.list} aria-label={t('review.conflicts')}>
          {conflicts.map((conflict, index) => (
              <li
                key={keyOf(conflict)}
                className={classes.item}
                onFocus={() => setFocus(index)}
                onMouseDown={() => setFocus(index)}
              >
                <ConflictCard
                  conflict={conflict}
                  names={definitions}
                  isFocused={index === focus}
                  onChoose={(version) => choose(conflict, version)}
                />
              </li>
            ))}
        </ul>
        {rest}
      </div>
      {conflicts.length > 0 ? (
      <KeyHints hints={[['1', t('review.hint.choose')], ['j', t('review.hint.next')], ['k', t('review.hint.previous')], ['mod+z', t('kit.undo')]]} />
      ) : null}
    </>
  )
}
