/** Where a column can go, in groups as they stand in the menu. `ignore` stands apart. */
export const targetGroups = [
  { id: 'who', targets: ['fullName', 'familyName', 'middleName', 'givenName', 'honorific', 'kind', 'gender', 'birthOn'] },
  { id: 'reach', targets: ['phone', 'email', 'zalo', 'facebook', 'address', 'channel'] },
  { id: 'guardian', targets: ['guardianName', 'guardianPhone', 'guardianEmail', 'guardianRelation', 'otherGuardianName', 'otherGuardianPhone', 'otherGuardianEmail', 'otherGuardianRelation'] },
  {
    id: 'study',
    targets: ['status', 'branch', 'owner', 'school', 'level', 'source', 'campaign', 'interests', 'createdOn'],
  },
  { id: 'more', targets: ['tags', 'note', 'interactionAt', 'consentMarketing', 'externalId'] },
] as const

const order: readonly string[] = targetGroups.flatMap((group) => [...group.targets])

/** What would become of a row, in the order in which people read it: who, how to reach them, what else. */
export function inReadingOrder<Cell extends { field: string }>(cells: readonly Cell[]): Cell[] {
  const rank = ({ field }: Cell) => {
    const at = order.indexOf(field.replace(/\.[^.]*$/, ''))
    return at < 0 ? order.length : at
  }
  return [...cells].sort((a, b) => rank(a) - rank(b))
}

/** A column that is left out. */
export const IGNORE = 'ignore'

/** Targets whose words in the sheet are matched with ours. */
export const matchedTargets = ['status', 'kind', 'branch', 'owner', 'source', 'level', 'gender'] as const

/** Targets into which several columns may go. */
const shared = new Set(['phone', 'email', 'guardianPhone', 'guardianEmail', 'otherGuardianPhone', 'otherGuardianEmail', 'zalo', 'facebook', 'tags', 'interests', 'note', 'address', IGNORE])

/** Targets that hold dates, which can be read day first or month first. */
export const isDateTarget = (target: string) => target.endsWith('On') || target === 'interactionAt'

/** What keeps an import from being checked, or is worth a look, about columns. */
export type ColumnIssue = { kind: 'noName' } | { kind: 'codeOnly' } | { kind: 'taken'; target: string; columns: number[] }

/** Looks at where all columns go. Neither name nor code is a reason to stop; a code alone, or a field taken twice, is worth a look. */
export function columnIssues(columns: readonly string[]): ColumnIssue[] {
  const issues: ColumnIssue[] = []
  const hasName = columns.some((target) => target === 'fullName' || target === 'givenName')
  if (!hasName) issues.push({ kind: columns.includes('externalId') ? 'codeOnly' : 'noName' })
  for (const target of new Set(columns)) {
    if (shared.has(target)) continue
    const taking = columns.flatMap((other, index) => (other === target ? [index] : []))
    if (taking.length > 1) issues.push({ kind: 'taken', target, columns: taking })
  }
  return issues
}

/** How sure a guess is, in words: three steps are enough for a person. */
export function sureness(confidence: number): 'sure' | 'likely' | 'unsure' {
  if (confidence >= 85) return 'sure'
  return confidence >= 55 ? 'likely' : 'unsure'
}
