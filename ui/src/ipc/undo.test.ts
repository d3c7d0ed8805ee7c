import { startTranslation } from '../lib/i18n'

/** The modules as a window has them that was just loaded; the store of the tab stays. */
async function loaded(restored = 1) {
  vi.resetModules()
  const asked: unknown[] = []
  const [{ replaceTransport }, undo, { toasts }] = await Promise.all([import('./call'), import('./undo'), import('../lib/toasts')])
  replaceTransport({
    kind: 'http',
    call: async (name, args) => {
      asked.push([name, args])
      return { action: null, restored, skipped: 0, job: null }
    },
    listen: () => () => undefined,
    chooseFile: async () => null,
    saveFile: async () => false,
  })
  return { ...undo, toasts, asked }
}

beforeEach(() => {
  sessionStorage.clear()
  startTranslation('vi')
})

it('what was done before a reload is taken back after it, the last first', async () => {
  const before = await loaded()
  before.noteQuietly({ actionId: 'A1', message: 'Đã đổi trường của Trần Thị Lan' })
  before.noteQuietly({ actionId: 'A2', message: 'Đã thêm Lê Văn Ổn' })
  await before.undoLast()
  const after = await loaded()
  await after.undoLast()
  await after.undoLast()
  expect(after.asked).toEqual([['action.undo', { action: 'A1' }]])
  expect(after.toasts.get()).toHaveLength(2)
})

it('the store of the tab keeps no words about people, and not without end', async () => {
  const { noteQuietly } = await loaded()
  for (let at = 0; at < 120; at += 1) noteQuietly({ actionId: `A${at}`, message: 'Đã đổi trường của Trần Thị Lan' })
  expect(JSON.stringify(sessionStorage)).not.toContain('Lan')
  const after = await loaded()
  expect(after.doneActions.get()).toHaveLength(100)
  expect(after.doneActions.get().at(-1)).toEqual({ actionId: 'A119' })
})

it('a store that somebody else wrote is passed over', async () => {
  sessionStorage.setItem('quen.done', '{"a":')
  expect((await loaded()).doneActions.get()).toEqual([])
})

it('an action of which nothing stands any more is not said to be taken back', async () => {
  const { undoAction, toasts } = await loaded(0)
  await undoAction({ actionId: 'A1', message: 'Đã thêm Lê Văn Ổn' })
  expect(toasts.get().map((toast) => toast.message)).toEqual(['Không có gì để hoàn tác'])
})
