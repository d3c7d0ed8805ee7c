import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './SidePanel.module.css'

type Props = { title: string; children: ReactNode; onClose?: () => void; footer?: ReactNode }

/** A panel at the right of the content; on a narrow screen it covers it. */
export function SidePanel({ title, children, onClose, footer }: Props) {
  const { t } = useTranslation()
  return (
    <aside
      className={classes.panel}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        onClose?.()
      }}
    >
      <div className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        {onClose ? (
          <ActionIcon aria-label={t('kit.close')} onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        ) : null}
      </div>
      {/* What is longer than the screen is scrolled by keys. */}
      <div className={classes.body} tabIndex={0} role="group" aria-label={title}>
        {children}
      </div>
      {footer ? <div className={classes.footer}>{footer}</div> : null}
    </aside>
  )
}
