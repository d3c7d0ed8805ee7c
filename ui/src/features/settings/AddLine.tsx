import { Button, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState, type FormEvent, type ReactNode } from 'react'
import classes from './Settings.module.css'

type Props = {
  /** What is added, for the field and the button. */
  label: string
  placeholder?: string
  onAdd: (name: string) => void
  /** Further choices beside the name. */
  children?: ReactNode
}

/** Adds a thing by its name; stays ready for the next. */
export function AddLine({ label, placeholder, onAdd, children }: Props) {
  const [name, setName] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    onAdd(name.trim())
    setName('')
  }
  return (
    <form onSubmit={submit} className={classes.add}>
      <TextInput aria-label={label} placeholder={placeholder ?? label} value={name} onChange={(event) => setName(event.currentTarget.value)} className={classes.addName} />
      {children}
      <Button type="submit" variant="default" leftSection={<IconPlus size={15} />} disabled={name.trim() === ''}>
        {label}
      </Button>
    </form>
  )
}
