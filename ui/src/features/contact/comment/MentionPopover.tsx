import { Popover } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../kit/Avatar'
import classes from './Comments.module.css'
import type { MentionTyping } from './mentionTyping'

type Props = { typing: MentionTyping; /** The field being typed in. */ children: ReactNode }

/** Colleagues to call by name, under the field. */
export function MentionPopover({ typing, children }: Props) {
  const { t } = useTranslation()
  const { offered, index, take } = typing
  return (
    <Popover withRoles={false} opened={offered.length > 0} position="bottom-start" trapFocus={false} width={220}>
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p={4} role="listbox" aria-label={t('person.mention')}>
        {offered.map((each, at) => (
          <div key={each.id} role="option" aria-selected={at === index} className={classes.mention} onMouseDown={(event) => event.preventDefault()} onClick={() => take(at)}>
            <Avatar name={each.name} seed={each.id} size={20} />
            {each.name}
          </div>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}
