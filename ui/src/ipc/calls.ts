/** What each call takes and gives. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Calls = Record<string, { args: any; result: any }>
