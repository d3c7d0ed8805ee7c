import { useParams } from '@tanstack/react-router'
import { PageHeader } from '../../kit/PageHeader'

/** One person: facts, timeline, what belongs to them. */
export function PersonPage() {
  const { id } = useParams({ from: '/people/$id' })
  return <PageHeader title={id} />
}
