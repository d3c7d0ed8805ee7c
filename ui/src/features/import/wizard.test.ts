import { sampleDraft } from '../../testing/sampleImports'
import { columnIssues, inReadingOrder, sureness } from './targets'
import { looksLikeCells } from './useFileSources'
import { beginWizard, canGoOn, goBack, goOn, goTo, stepsOf, withGuesses, withReading, withTarget, withValue } from './wizard'

const begun = () => beginWizard(sampleDraft)
const guesses = [
  { raw: 'Đang học', count: 3, guess: 'active' },
  { raw: 'HT', count: 1, guess: null },
]

it('goes through the steps in order and back', () => {
  let wizard = begun()
  const seen = [wizard.step]
  for (let step = 0; step < 4; step++) {
    wizard = goOn(wizard)
    seen.push(wizard.step)
  }
  expect(seen).toEqual(['reading', 'columns', 'values', 'options', 'check'])
  expect(goBack(wizard)?.step).toBe('options')
  expect(goBack(begun())).toBeNull()
})

it('a step that was not reached cannot be opened', () => {
  expect(goTo(begun(), 'options').step).toBe('reading')
  const far = goOn(goOn(goOn(begun())))
  expect(goTo(far, 'columns').step).toBe('columns')
})

it('without words to match that step falls away', () => {
  const plain = beginWizard({ ...sampleDraft, mapping: { ...sampleDraft.mapping, columns: ['fullName', 'phone'] } })
  expect(stepsOf(plain)).not.toContain('values')
})

it('no column with a name keeps the import from going on', () => {
  const wizard = goOn(begun())
  expect(canGoOn(wizard)).toBe(true)
  const nameless = withTarget(wizard, 1, 'note')
  expect(canGoOn(nameless)).toBe(false)
  expect(goOn(nameless).step).toBe('columns')
})

it('a code without a name can go on, and says that it only updates', () => {
  const wizard = withTarget(withTarget(goOn(begun()), 1, 'note'), 0, 'externalId')
  expect(columnIssues(['externalId', 'status'])).toEqual([{ kind: 'codeOnly' }])
  expect(canGoOn(wizard)).toBe(true)
})

it('a changed column makes the later steps be looked at again', () => {
  const far = goOn(goOn(goOn(begun())))
  expect(withTarget(goTo(far, 'columns'), 0, 'externalId').reached).toBe('columns')
})

it('proposals fill only what nobody has decided', () => {
  const decided = withValue(begun(), 'status', 'Đang học', 'trial')
  const filled = withGuesses(decided, 'status', guesses)
  expect(filled.mapping.values.status).toEqual({ 'Đang học': 'trial' })
  expect(withGuesses(begun(), 'status', guesses).mapping.values.status).toEqual({ 'Đang học': 'active' })
  expect(withGuesses(filled, 'status', guesses)).toBe(filled)
})

it('reading the file anew keeps the options', () => {
  const wizard = { ...begun(), mapping: { ...sampleDraft.mapping, tags: ['Hè'], mode: 'create' } }
  const fresh = { ...sampleDraft, mapping: { ...sampleDraft.mapping, columns: ['fullName'], tags: [] } }
  const read = withReading(wizard, fresh)
  expect(read.mapping).toMatchObject({ columns: ['fullName'], tags: ['Hè'], mode: 'create' })
})

it('one field from two columns is worth a look, two phones are not', () => {
  expect(columnIssues(['fullName', 'birthOn', 'birthOn', 'phone', 'phone'])).toEqual([{ kind: 'taken', target: 'birthOn', columns: [1, 2] }])
})

it('a guess is said in three steps', () => {
  expect([95, 70, 20].map(sureness)).toEqual(['sure', 'likely', 'unsure'])
})

it('cells are told from a pasted word', () => {
  expect(looksLikeCells('Trần Thị Đức')).toBe(false)
  expect(looksLikeCells('Trần Thị Đức\t0912345678')).toBe(true)
  expect(looksLikeCells('An\nBình')).toBe(true)
})

it('what becomes of a row is read as people are: who, how to reach them, what else', () => {
  const cells = ['birthOn', 'custom.01', 'email.1', 'fullName', 'guardianName', 'level', 'note', 'phone.2', 'phone.1', 'status'].map((field) => ({ field }))
  expect(inReadingOrder(cells).map(({ field }) => field)).toEqual(['fullName', 'birthOn', 'phone.2', 'phone.1', 'email.1', 'guardianName', 'status', 'level', 'note', 'custom.01'])
})
