import type { Session } from './bindings/Session'
import { useCall } from './useCall'

const noArgs = {}

/** Where this device stands; undefined until the core has answered. */
export function useSession(): Session | undefined {
  return useCall('session.get', noArgs).data
}

/** Whether the role of this device lets it manage: invites, branches, staff, fields. */
export function useIsManager(): boolean {
  const role = useSession()?.role
  return role === 'owner' || role === 'manager'
}
