import { IconPencil } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './cells.module.css'

type Props = { label: string; onEdit: () => void; children: ReactNode }

/** A cell that shows a pencil to the mouse; a press elsewhere on it opens the person, and keys have their own way. */
export function EditableCell({ label, onEdit, children }: Props) {
  return (
    <span className={classes.editable}>
      <span className={classes.shown}>{children}</span>
      <button
        type="button"
        tabIndex={-1}
        className={classes.pencil}
        aria-label={label}
        title={label}
        onClick={(event) => {
          event.stopPropagation()
          onEdit()
        }}
      >
        <IconPencil size={13} stroke={1.7} />
      </button>
    </span>
  )
}
