import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import type { TaskView } from '../../../ipc/bindings/TaskView'
import { useActions } from '../../../kit/actions/useActions'
import { CountTabs } from '../../../kit/CountTabs'
import { personActions } from '../contactActions'
import { binLeftMs } from '../model/bin'
import { aboutContact } from '../model/edits'
import { useAsk } from '../model/useAsk'
import type { Fields } from '../model/useFields'
import { Duplicates } from '../related/Duplicates'
import { Relations } from '../related/Relations'
import { Tasks } from '../related/Tasks'
import { CallLog } from '../timeline/CallLog'
import { Composer } from '../timeline/Composer'
import { History } from '../timeline/History'
import { Facts } from './Facts'
import { PersonHeader } from './PersonHeader'
import classes from './PersonPage.module.css'
import { useDaysText } from './StatusStays'
import { useNeighbours } from './useNeighbours'

type Props = { page: ContactPage; fields: Fields }
type Part = 'timeline' | 'facts' | 'related'

/** The page of a person: facts left, what happened in the middle, what belongs to them right. */
export function PersonView({ page, fields }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const ask = useAsk()
  const daysText = useDaysText()
  const along = useNeighbours(page.row.id)
  const [part, setPart] = useState<Part>('timeline')
  const [logging, setLogging] = useState<{ task?: TaskView } | null>(null)
  const [isAdding, setAdding] = useState(false)
  const composer = useRef<HTMLTextAreaElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const { id, fullName } = page.row
  const hands = useMemo(() => {
    const press = (name: string) => {
      setPart('facts')
      window.setTimeout(() => frame.current?.querySelector<HTMLElement>(`[aria-label="${CSS.escape(name)}"], [data-name="${CSS.escape(name)}"]`)?.click(), 0)
    }
    const log = (task?: TaskView) => {
      setPart('timeline')
      setLogging({ task })
    }
    return {
      onCall: () => log(),
      onFinish: log,
      onNote: () => {
        setPart('timeline')
        setLogging(null)
        window.setTimeout(() => composer.current?.focus(), 0)
      },
      onTask: () => {
        setPart('related')
        setAdding(true)
      },
      onNext: along.next,
      onPrevious: along.previous,
      onBack: () => void navigate({ to: '/people' }),
      onDelete: () => {
        void ask([aboutContact(id, { do: 'delete' })], t('person.deleted', { name: fullName })).then((isDone) => {
          if (isDone) void navigate({ to: '/people' })
        })
      },
      onRename: () => {
        setPart('facts')
        window.setTimeout(() => frame.current?.querySelector<HTMLElement>('[data-fact="fullName"] button')?.click(), 0)
      },
      onTag: () => press(t('kit.addTo', { label: t('terms.field.tags') })),
    }
  }, [along, navigate, ask, id, fullName, t])
  useActions(useMemo(() => personActions(t, hands), [t, hands]))
  return (
    <div className={classes.page} ref={frame} data-part={part}>
      <PersonHeader page={page} along={along} onBack={hands.onBack} onCall={hands.onCall} onDelete={hands.onDelete} />
      {page.deletedAtMs === null ? null : (
        <div className={classes.binned} role="status">
          <span>{t('person.inBin', { left: daysText(binLeftMs(page.deletedAtMs, Date.now())) })}</span>
          <Button size="compact-sm" variant="light" onClick={() => void ask([aboutContact(id, { do: 'restore' })], t('people.restored', { name: fullName }))}>
            {t('people.restore')}
          </Button>
        </div>
      )}
      <div className={classes.parts}>
        <CountTabs
          label={t('person.parts')}
          value={part}
          onChange={setPart}
          tabs={(['timeline', 'facts', 'related'] as const).map((value) => ({ value, label: t(`person.part.${value}`) }))}
        />
      </div>
      <div className={classes.columns}>
        <aside className={classes.facts} aria-label={t('person.part.facts')}>
          <Facts page={page} fields={fields} />
        </aside>
        <div className={classes.middle}>
          <div className={classes.stream}>
            {logging ? (
              <CallLog page={page} task={logging.task} onClose={() => setLogging(null)} />
            ) : (
              <Composer page={page} fields={fields} field={composer} onLogCall={hands.onCall} />
            )}
            <History page={page} fields={fields} />
          </div>
        </div>
        <aside className={classes.related} aria-label={t('person.part.related')}>
          <Tasks page={page} fields={fields} isAdding={isAdding} onAdding={setAdding} onFinish={hands.onFinish} />
          <Relations page={page} />
          <Duplicates page={page} />
        </aside>
      </div>
    </div>
  )
}
