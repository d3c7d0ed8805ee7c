import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../ipc/useErrorText'
import { isSameName } from '../../lib/vietnamese'
import classes from './Settings.module.css'

type Props = {
  /** What is added, for the field and the button. */
  label: string
  placeholder?: string
  /** Names that are taken: nobody could tell two of the same name apart. */
  known?: readonly string[]
  /** Says whether the further choices are complete, and what they lack where they stand. */
  isComplete?: () => boolean
  /** Adds it; a throw is said below the name, which stays. */
  onAdd: (name: string) => Promise<unknown>
  /** Further choices beside the name. */
  children?: ReactNode
}

/** Adds a thing by its name; stays ready for the next. */
export function AddLine({ label, placeholder, known = [], isComplete, onAdd, children }: Props) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [isAdding, setAdding] = useState(false)
  const wanted = name.trim()
  const add = async () => {
    const taken = known.find((each) => isSameName(each, wanted))
    if (taken !== undefined) return setProblem(t('settings.taken', { name: taken }))
    if (isComplete && !isComplete()) return
    setAdding(true)
    try {
      await onAdd(wanted)
      setName('')
      setProblem(null)
    } catch (thrown) {
      setProblem(errorText(thrown))
    } finally {
      setAdding(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (wanted !== '' && !isAdding) void add()
  }
  const type = (text: string) => {
    setName(text)
    setProblem(null)
  }
  return (
    <form onSubmit={submit} className={classes.add}>
      <TextInput aria-label={label} placeholder={placeholder ?? label} value={name} error={problem} onChange={(event) => type(event.currentTarget.value)} className={classes.addName} />
      {children}
      <Button type="submit" variant="default" leftSection={<IconPlus size={15} />} disabled={wanted === ''}>
        {label}
      </Button>
    </form>
  )
}
