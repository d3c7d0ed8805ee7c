/** The name of the centre, as the head of the navigation shows it. */
export function useWorkspaceName(): string {
  return 'Quen'
}
