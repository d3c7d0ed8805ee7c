import { Button } from '@mantine/core'
import { IconUserQuestion } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { EmptyState, ErrorState, LoadingLines } from '../../kit/States'
import { useFields } from './model/useFields'
import { PersonView } from './person/PersonView'

/** One person: facts, timeline, what belongs to them. */
export function PersonPage() {
  const { id } = useParams({ from: '/people/$id' })
  const errorText = useErrorText()
  const fields = useFields()
  const person = useCall('contact.get', { id })
  if (person.data) return <PersonView key={id} page={person.data} fields={fields} />
  if (person.error?.code === 'not_found') return <NobodyHere />
  if (person.isError) return <ErrorState message={errorText(person.error)} onRetry={() => void person.refetch()} />
  return <LoadingLines rows={10} />
}

/** An old link, or somebody whom this device does not hold: asking again would not bring them. */
function NobodyHere() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <EmptyState
      icon={<IconUserQuestion size={28} stroke={1.5} />}
      title={t('person.missingTitle')}
      action={<Button onClick={() => void navigate({ to: '/people' })}>{t('person.back')}</Button>}
    >
      {t('person.missingBody')}
    </EmptyState>
  )
}
