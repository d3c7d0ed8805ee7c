import { InlineField } from '../../kit/field/InlineField'
import { useErrorText } from '../../ipc/useErrorText'
import classes from './Settings.module.css'

type Props = { label: string; value: string; isReadOnly: boolean; onSave: (name: string) => Promise<unknown> }

/** A name that is changed where it stands. */
export function NameCell({ label, value, isReadOnly, onSave }: Props) {
  const errorText = useErrorText()
  return (
    <div className={classes.name}>
      <InlineField label={label} kind="text" value={value} isReadOnly={isReadOnly} errorText={errorText} onSave={(name) => (name ? onSave(name) : Promise.resolve())} />
    </div>
  )
}
