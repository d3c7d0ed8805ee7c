import { useState } from 'react'
import { useDo, useForgetAnswers } from '../../ipc/useCall'
import { looksLikeInvite, looksLikeKit } from '../../lib/codes'
import { readQr } from '../../lib/readQr'

/** Refusals after which another address of the relay may help. */
const ofTheAddress: ReadonlySet<string> = new Set(['kit_relay_unreachable', 'kit_no_centre', 'kit_not_authority', 'bad_address', 'relay_refuses_centre'])

/** The way into a centre that is there: an invite asks to be let in, a recovery kit brings the centre back. */
export function useWayIn(isRecovering: boolean) {
  const join = useDo('workspace.join')
  const recover = useDo('workspace.recover')
  const forget = useForgetAnswers()
  const [text, setText] = useState('')
  const [deviceName, setDeviceName] = useState('')
  const [relayUrl, setRelayUrl] = useState('')
  const [isElsewhere, setElsewhere] = useState(false)
  const [isUnread, setUnread] = useState(false)
  const isKit = looksLikeKit(text) || (isRecovering && !looksLikeInvite(text))
  const isReady = text.trim() !== '' && deviceName.trim() !== ''
  const takePicture = async (picture: File | null) => {
    if (!picture) return
    const read = await readQr(picture)
    setUnread(read === null)
    if (read !== null) setText(read)
  }
  const goIn = () => {
    if (!isReady) return
    const name = deviceName.trim()
    if (!isKit) return join.mutate({ invite: text.trim(), deviceName: name }, { onSuccess: () => void forget() })
    recover.mutate(
      { kit: text.trim(), deviceName: name, relayUrl: relayUrl.trim() || null },
      { onSuccess: () => void forget(), onError: (error) => setElsewhere((was) => was || ofTheAddress.has(error.code)) },
    )
  }
  const asked = isKit ? recover : join
  return { text, setText, deviceName, setDeviceName, relayUrl, setRelayUrl, isElsewhere, isUnread, isKit, isReady, takePicture, goIn, isPending: asked.isPending, error: asked.error }
}
