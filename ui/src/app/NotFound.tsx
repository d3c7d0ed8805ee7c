import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../kit/States'

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState
      icon={<IconMapOff size={28} stroke={1.5} />}
      title={t('app.notFoundTitle')}
      action={
        <Button component={Link} to="/today">
          {t('app.toToday')}
        </Button>
      }
    >
      {t('app.notFoundBody')}
    </EmptyState>
  )
}
