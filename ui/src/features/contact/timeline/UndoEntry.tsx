import { ActionIcon, Button, Popover } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { undoAction } from '../../../ipc/undo'
import classes from './Entry.module.css'

/** What an undo reaches, which is more than this person when the action changed many. */
export type Reach = 'import' | 'created' | 'change'

type Props = {
  action: string
  reach: Reach
  /** What is taken back, as the toast says it. */
  message: string
  /** Accessible name of the button. */
  label: string
}

/** Takes back the action behind a change, after saying how far that reaches. */
export function UndoEntry({ action, reach, message, label }: Props) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  return (
    <Popover opened={isAsking} onChange={setAsking} position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon size={24} aria-label={label} aria-expanded={isAsking} onClick={() => setAsking(!isAsking)}>
          <IconArrowBackUp size={14} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <p className={classes.question}>{t(`person.undoReach.${reach}`)}</p>
        <div className={classes.answers}>
          <Button variant="default" size="compact-md" onClick={() => setAsking(false)}>
            {t('kit.cancel')}
          </Button>
          <Button
            size="compact-md"
            data-autofocus
            onClick={() => {
              setAsking(false)
              void undoAction({ actionId: action, message })
            }}
          >
            {t('kit.undo')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
