import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'

type Props = { onClose: () => void }

/** Adds a person from anywhere. */
export function QuickAdd({ onClose }: Props) {
  const { t } = useTranslation()
  return <Modal opened onClose={onClose} title={t('actions.addPerson')} closeButtonProps={{ 'aria-label': t('kit.close') }} />
}
