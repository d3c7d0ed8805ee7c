import { IconTicket } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCall, useDo } from '../../ipc/useCall'
import { useErrorText } from '../../ipc/useErrorText'
import { ConfirmInline } from '../../kit/ConfirmInline'
import { RelativeTime } from '../../kit/RelativeTime'
import { Section, SectionLine } from '../../kit/Section'
import { showToast } from '../../lib/toasts'
import { useBranchNames } from './useBranchNames'

const noArgs = {}

/** Invites that are still open; each can be taken back. */
export function InviteSection() {
  const { t } = useTranslation()
  const invites = useCall('invite.list', noArgs)
  const withdraw = useDo('invite.withdraw')
  const branchNames = useBranchNames()
  const errorText = useErrorText()
  if (!invites.data || invites.data.length === 0) return null
  return (
    <Section title={t('sync.openInvites')}>
      {invites.data.map((invite) => (
        <SectionLine
          key={invite.id}
          icon={<IconTicket size={18} stroke={1.5} aria-hidden />}
          title={[t(`roles.${invite.role}`), branchNames(invite.branches)].join(' · ')}
          detail={
            <>
              {t('sync.ends')} <RelativeTime atMs={invite.expiresAtMs} />
            </>
          }
        >
          <ConfirmInline
            label={t('sync.withdraw')}
            question={t('sync.withdrawQuestion')}
            confirmLabel={t('sync.withdraw')}
            loading={withdraw.isPending && withdraw.variables.id === invite.id}
            onConfirm={() =>
              withdraw.mutate(
                { id: invite.id },
                { onSuccess: () => void invites.refetch(), onError: (error) => showToast({ kind: 'error', message: errorText(error) }) },
              )
            }
          />
        </SectionLine>
      ))}
    </Section>
  )
}
