import { useParams } from '@tanstack/react-router'
import { useCall } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { ErrorState, LoadingLines } from '../../kit/States'
import { useFields } from './model/useFields'
import { PersonView } from './person/PersonView'

/** One person: facts, timeline, what belongs to them. */
export function PersonPage() {
  const { id } = useParams({ from: '/people/$id' })
  const errorText = useErrorText()
  const fields = useFields()
  const person = useCall('contact.get', { id })
  if (person.data) return <PersonView key={id} page={person.data} fields={fields} />
  if (person.isError) return <ErrorState message={errorText(person.error)} onRetry={() => void person.refetch()} />
  return <LoadingLines rows={10} />
}
