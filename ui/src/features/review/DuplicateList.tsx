import { IconUsersGroup } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { useCallback, useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DuplicateView } from '../../ipc/bindings/DuplicateView'
import type { IpcError } from '../../ipc/errors'
import { useDefinitions } from '../../ipc/useDefinitions'
import { useErrorText } from '../../ipc/useErrorText'
import { useActions } from '../../kit/actions/useActions'
import { EmptyState, ErrorState, LoadingLines } from '../../kit/States'
import { DuplicatePair } from './DuplicatePair'
import { KeyHints } from './KeyHints'
import classes from './Review.module.css'
import { useListFocus } from './useListFocus'
import { useReviewEdit } from './useReviewEdit'


const keyOf = (pair: DuplicateView) => `${pair.left.id} ${pair.right.id}`

type Props = { asked: UseQueryResult<DuplicateView[], IpcError>; /** Stands below the last. */ rest?: ReactNode }

/** People who may be here twice: one key merges, another keeps them apart. */
export function DuplicateList({ asked, rest }: Props) {
  const say = useErrorText()
  if (asked.error && !asked.data) return <ErrorState message={say(asked.error)} onRetry={() => void asked.refetch()} />
  if (!asked.data) return <LoadingLines rows={8} />
  return <Pairs all={asked.data} rest={rest} />
}

type ListProps = { all: readonly DuplicateView[]; rest: ReactNode }

function Pairs({ all, rest }: ListProps) {
  const { t } = useTranslation()
  const definitions = useDefinitions()
  const { decided, decide } = useReviewEdit('duplicate.list')
  const pairs = useMemo(() => all.filter((pair) => !decided.has(keyOf(pair))), [all, decided])
  const { list, focus, setFocus } = useListFocus(pairs.length)
  const settle = useCallback(
    (pair: DuplicateView, kind: 'mergeWith' | 'keepApart') =>
      void decide({
        key: keyOf(pair),
        contact: pair.left.id,
        edit: { do: kind, other: pair.right.id },
        done: t(kind === 'mergeWith' ? 'review.merged' : 'review.apart', { name: pair.left.fullName, other: pair.right.fullName }),
        failed: t(kind === 'mergeWith' ? 'review.notMerged' : 'review.notApart'),
      }),
    [t, decide],
  )
  const focused = pairs[focus]
  const actions = useMemo(() => {
    const isEnabled = () => focused !== undefined
    const group = t('nav.review')
    return [
      { id: 'review.merge', label: t('review.merge'), group, shortcut: 'm', isEnabled: () => focused?.canMerge === true, onlyKey: true, run: () => focused && settle(focused, 'mergeWith') },
      { id: 'review.keepApart', label: t('review.keepApart'), group, shortcut: 'x', isEnabled, onlyKey: true, run: () => focused && settle(focused, 'keepApart') },
    ]
  }, [t, focused, settle])
  useActions(actions)
  return (
    <>
      <div className={classes.scroller}>
        {pairs.length === 0 ? (
          <EmptyState icon={<IconUsersGroup size={28} stroke={1.5} />} title={t('review.noPairsTitle')}>
            {t('review.noPairsBody')}
          </EmptyState>
        ) : null}
        <ul ref={list} className={classes.list} aria-label={t('review.duplicates')}>
          {pairs.map((pair, index) => (
              <li
                key={keyOf(pair)}
                className={classes.item}
                onFocus={() => setFocus(index)}
                onMouseDown={() => setFocus(index)}
              >
                <DuplicatePair
                  pair={pair}
                  names={definitions}
                  isFocused={index === focus}
                  onMerge={() => settle(pair, 'mergeWith')}
                  onKeepApart={() => settle(pair, 'keepApart')}
                />
              </li>
            ))}
        </ul>
        {rest}
      </div>
      {pairs.length > 0 ? (
      <KeyHints
          hints={[['m', t('review.merge')], ['x', t('review.keepApart')], ['j', t('review.hint.next')], ['k', t('review.hint.previous')], ['mod+z', t('kit.undo')]]}
        />
      ) : null}
    </>
  )
}
