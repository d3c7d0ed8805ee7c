import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BulkChange } from '../../../ipc/bindings/BulkChange'
import { useCall } from '../../../ipc/useCall'
import { OptionPicker } from '../../../kit/OptionPicker'
import { useFocusBack } from '../../../kit/useFocusBack'
import { formatCount } from '../../../lib/money'
import { useFields } from '../model/useFields'
import { StatusMark } from '../StatusMark'
import { TaskForm } from '../task/TaskForm'
import { exportFormats, type BulkKind, type Target } from './bulk'
import classes from './BulkDialog.module.css'
import { useBulk } from './useBulk'

type Props = {
  kind: BulkKind
  target: Target
  /** Columns of the list, for an export. */
  columns: string[]
  onClose: () => void
  onDone: () => void
}

const CLEAR = ''

/** Asks what to do to those chosen; says first how many they are. */
export function BulkDialog({ kind, target, columns, onClose, onDone }: Props) {
  const { t } = useTranslation()
  const fields = useFields()
  const bulk = useBulk()
  useFocusBack()
  const counted = useCall('bulk.count', { selection: target.selection }, { enabled: target.selection.which === 'matching' })
  const count = counted.data?.count ?? target.count
  const what = kind.do === 'set' ? t('bulk.set', { field: fields.field(kind.field).label.toLocaleLowerCase() }) : t(`bulk.${kind.do}`)
  const title = t('bulk.title', { what, count, shown: formatCount(count) })
  const run = (change: BulkChange, said: string) => {
    onClose()
    void bulk.run(target.selection, change, said).then((isDone) => isDone && onDone())
  }
  const body = () => {
    switch (kind.do) {
      case 'set': {
        const field = fields.field(kind.field)
        const isStatus = kind.field === 'status'
        const options = field.choices.map((choice) => ({ ...choice, label: choice.label, icon: isStatus ? <StatusMark status={choice.value} isBare /> : undefined }))
        const set = (value: string | null, label: string) => run({ do: 'set', field: kind.field, value }, `${field.label}: ${label}`)
        return (
          <OptionPicker
            label={title}
            options={[...options, { value: CLEAR, label: t('bulk.clear') }]}
            onPick={(value) => (value === CLEAR ? set(null, t('fields.empty')) : set(value, fields.text(kind.field, value)))}
            onCreate={field.type === 'suggest' ? (text) => set(text, text) : undefined}
          />
        )
      }
      case 'addTag': case 'removeTag': {
        const tags = (fields.definitions?.tags ?? []).map((tag) => ({ value: tag.id, label: tag.label, hint: formatCount(tag.count) }))
        const labelOf = (id: string) => tags.find((tag) => tag.value === id)?.label ?? id
        const add = (label: string) => run({ do: 'addTag', label }, t('bulk.tagged', { label }))
        return kind.do === 'addTag' ? (
          <OptionPicker label={title} options={tags} onPick={(id) => add(labelOf(id))} onCreate={add} />
        ) : (
          <OptionPicker label={title} options={tags} onPick={(tag) => run({ do: 'removeTag', tag }, t('bulk.untagged', { label: labelOf(tag) }))} />
        )
      }
      case 'addTask':
        return (
          <div className={classes.padded}>
            <TaskForm onCancel={onClose} onSave={(task) => run({ do: 'addTask', task }, t('task.added', { title: task.title }))} />
          </div>
        )
      case 'export':
        return (
          <OptionPicker
            label={title}
            options={exportFormats.map((format) => ({ value: format, label: t(`bulk.format.${format}`) }))}
            onPick={(format) => {
              onClose()
              void bulk.write(target.selection, format, columns)
            }}
          />
        )
      case 'delete':
        return (
          <div className={classes.padded}>
            <p className={classes.words}>{t('bulk.deleteWords', { count, shown: formatCount(count) })}</p>
            <div className={classes.foot}>
              <Button variant="default" onClick={onClose}>
                {t('kit.cancel')}
              </Button>
              <Button color="red" data-autofocus onClick={() => run({ do: 'delete' }, t('bulk.deleted'))}>
                {t('bulk.delete')}
              </Button>
            </div>
          </div>
        )
    }
  }
  return (
    <Modal opened onClose={onClose} title={title} size="sm" yOffset="14vh" centered={false} padding={0} classNames={{ header: classes.header, title: classes.title }} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      {body()}
    </Modal>
  )
}
