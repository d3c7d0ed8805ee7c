import { useNavigate } from '@tanstack/react-router'
import type { ContactPage } from '../../../ipc/bindings/ContactPage'
import { Hints } from '../hint/Hints'

type Props = { page: ContactPage; /** Its key, or the kind of a new point. */ field: string; text: string }

/** Fields by which one person is taken for another. */
const telling: ReadonlySet<string> = new Set(['fullName', 'phone', 'email'])

/** Who else may be meant, while the name, a phone or an e-mail of a person is typed; what is typed waits as a draft. */
export function PersonHints({ page, field, text }: Props) {
  const navigate = useNavigate()
  const [kind = ''] = field.split('.')
  if (!telling.has(kind)) return null
  return <Hints typed={{ [kind]: text }} except={page.row.id} onOpen={(id) => void navigate({ to: '/people/$id', params: { id } })} />
}
