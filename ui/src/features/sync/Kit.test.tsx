import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { DeviceView } from '../../ipc/bindings/DeviceView'
import type { Session } from '../../ipc/bindings/Session'
import { IpcError } from '../../ipc/errors'
import { answerWith, draw } from '../../testing/render'
import { sampleDefinitions } from '../../testing/samplePeople'
import { DeviceSection } from './DeviceSection'
import { KitPanel } from './KitPanel'
import { KitSection } from './KitSection'

vi.mock('@tanstack/react-router', () => ({ Link: ({ to, children }: { to: string; children: React.ReactNode }) => <a href={to}>{children}</a> }))

const session: Session = {
  stage: 'ready', centre: 'Anh ngữ Sao Mai', device: 'ab', deviceName: 'Laptop', role: 'owner', staff: null, branches: [], isSample: false, hasPassphrase: false, version: '0',
  fingerprint: null, stopped: null, kit: 'missing',
  settings: { language: 'vi', theme: 'light', density: 'comfortable', areNotificationsOn: true, relayUrl: 'https://relay.saomai.vn' },
}
const madeAtMs = new Date(2026, 4, 12, 9).getTime()
const kit = { id: '08ee41c6def7026ea2ce6e3706a78681', text: 'quenkit1:abcdefghij', qrSvg: '<svg xmlns="http://www.w3.org/2000/svg"/>', madeAtMs, relayUrl: 'https://relay.saomai.vn' }
const paper: DeviceView = { id: kit.id, name: '#08ee41', role: 'owner', branches: [], staff: null, lastHeardMs: null, isThis: false, isActive: true, kitMadeAtMs: madeAtMs, kitUsedAtMs: null }

it('a kit is made, shown once, printed and copied by keys alone', async () => {
  const print = vi.spyOn(window, 'print').mockImplementation(() => undefined)
  const devices: DeviceView[] = []
  const core = answerWith({ 'session.get': session, 'kit.make': kit, 'device.list': () => devices })
  const onClose = vi.fn()
  draw(<KitPanel onClose={onClose} />)
  expect(screen.queryByText('ABCD')).toBeNull()
  expect(screen.getByRole('button', { name: 'Tạo và hiện ra' })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(screen.getByRole('button', { name: 'In ra giấy' })).toHaveFocus())
  expect(core.asked.filter(({ name }) => name === 'kit.make')).toHaveLength(1)
  const words = screen.getByRole('group', { name: 'Chữ của bộ khôi phục' })
  expect([...words.children].map((each) => each.textContent)).toEqual(['QUENKIT1:', 'ABCD', 'EFGH', 'IJ'])
  await userEvent.keyboard('{Enter}')
  expect(print).toHaveBeenCalledOnce()
  await userEvent.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalled()
})

it('a kit counts only when the relay has taken it, and the screen says so', async () => {
  const devices: DeviceView[] = []
  answerWith({ 'session.get': session, 'kit.make': kit, 'device.list': () => [...devices] })
  draw(<KitPanel onClose={() => undefined} />)
  await userEvent.click(screen.getByRole('button', { name: 'Tạo và hiện ra' }))
  expect(await screen.findByText(/^Máy trung chuyển chưa nhận/)).toBeVisible()
  devices.push(paper)
  expect(await screen.findByText(/dùng được từ bây giờ/, {}, { timeout: 5_000 })).toBeVisible()
  expect(screen.queryByText(/^Máy trung chuyển chưa nhận/)).toBeNull()
})

it('the sheet for the printer says whose it is, from when, what for, and how dangerous it is', async () => {
  answerWith({ 'session.get': session, 'kit.make': kit, 'device.list': [paper] })
  draw(<KitPanel onClose={() => undefined} />)
  await userEvent.click(screen.getByRole('button', { name: 'Tạo và hiện ra' }))
  await screen.findByRole('button', { name: 'In ra giấy' })
  const sheet = document.body.querySelector<HTMLElement>(':scope > [data-print-sheet]')
  if (!sheet) throw new Error('no sheet')
  const said = within(sheet)
  await waitFor(() => expect(said.getByText('Anh ngữ Sao Mai')).toBeInTheDocument())
  for (const words of ['12/05/2026', '08EE41', 'https://relay.saomai.vn', 'QUENKIT1:', 'EFGH', /Cất vào két.*đọc và sửa được mọi thứ/, /đưa trung tâm trở lại/]) {
    expect(said.getByText(words)).toBeInTheDocument()
  }
  expect(said.getByRole('img', { name: 'Mã QR của bộ khôi phục', hidden: true })).toBeInTheDocument()
})

it('says why no kit can be made yet', async () => {
  answerWith({
    'session.get': session,
    'kit.make': () => {
      throw new IpcError('kit_relay_first', 'no relay was met')
    },
  })
  draw(<KitPanel onClose={() => undefined} />)
  await userEvent.click(screen.getByRole('button', { name: 'Tạo và hiện ra' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('chờ đồng bộ xong')
})

describe('the section on Sync and devices', () => {
  const show = (part: Partial<Session>) => {
    answerWith({ 'session.get': { ...session, ...part } })
    const onMake = vi.fn()
    draw(<KitSection onMake={onMake} />)
    return onMake
  }

  it('reminds quietly and leads to a kit', async () => {
    const onMake = show({})
    expect(await screen.findByText(/Chưa có bộ khôi phục/)).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Tạo bộ khôi phục' }))
    expect(onMake).toHaveBeenCalled()
  })

  it('asks for the relay first where there is none', async () => {
    show({ settings: { ...session.settings, relayUrl: null } })
    expect(await screen.findByRole('link', { name: 'Điền địa chỉ' })).toHaveAttribute('href', '/settings')
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('says that a used kit is to be replaced, and that none can be taken back yet', async () => {
    show({ kit: 'used' })
    expect(await screen.findByText(/đã được dùng.*Nếu không phải bạn/)).toBeVisible()
    expect(screen.getByText(/Hiện chưa rút được/)).toBeVisible()
  })

  it('is calm where one lies ready', async () => {
    show({ kit: 'ready' })
    expect(await screen.findByText('Có bộ khôi phục nằm sẵn.')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Tạo thêm một bộ' })).toBeVisible()
  })

  it('is nobody’s but an owner’s, and not in the sample centre', async () => {
    const core = answerWith({ 'session.get': { ...session, kit: null } })
    draw(<KitSection onMake={() => undefined} />)
    await waitFor(() => expect(core.asked.map(({ name }) => name)).toContain('session.get'))
    expect(screen.queryByRole('region')).toBeNull()
  })
})

it('kits stand among the devices with their days, and who came by one', async () => {
  const usedAtMs = new Date(2026, 5, 1, 9).getTime()
  const laptop: DeviceView = { ...paper, id: 'cd', name: 'Laptop mới', isThis: true, kitMadeAtMs: null, kitUsedAtMs: usedAtMs }
  answerWith({ 'definition.list': sampleDefinitions, 'device.list': [laptop, { ...paper, kitUsedAtMs: usedAtMs }, { ...paper, id: '11aa22bb', isActive: false }] })
  draw(<DeviceSection />)
  expect(await screen.findByText(/Vào bằng bộ khôi phục ngày 01\/06\/2026/)).toBeVisible()
  expect(screen.getAllByText('Bộ khôi phục, tạo ngày 12/05/2026')).toHaveLength(2)
  expect(screen.getByText('Số 08EE41 · Đã dùng ngày 01/06/2026')).toBeVisible()
  expect(screen.getByText('Số 11AA22 · Chưa dùng')).toBeVisible()
  expect(screen.getByText('Đã rút')).toBeVisible()
  expect(screen.queryByText('#08ee41')).toBeNull()
})
