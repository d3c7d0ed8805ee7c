import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { Session } from '../../ipc/bindings/Session'
import { IpcError } from '../../ipc/errors'
import { answerWith, draw } from '../../testing/render'
import { WelcomePage } from './WelcomePage'

const fresh: Session = {
  stage: 'fresh',
  centre: null,
  device: null,
  deviceName: null,
  role: null,
  staff: null,
  branches: [],
  isSample: false,
  hasPassphrase: false,
  version: '0',
  fingerprint: null,
  stopped: null,
  kit: null,
  settings: { language: 'vi', theme: 'light', density: 'comfortable', areNotificationsOn: true, relayUrl: null },
}

it('creates a centre with its branches', async () => {
  const { asked } = answerWith({ 'session.get': fresh, 'workspace.create': { ...fresh, stage: 'ready' } })
  draw(<WelcomePage />)
  await userEvent.click(screen.getByRole('button', { name: /Mở trung tâm mới/ }))
  const submit = screen.getByRole('button', { name: 'Mở trung tâm' })
  expect(submit).toBeDisabled()
  await userEvent.type(screen.getByLabelText(/Tên trung tâm/), 'Sao Mai')
  await userEvent.type(screen.getByLabelText(/Họ tên của bạn/), 'Nguyễn Thị Minh Hà')
  await userEvent.type(screen.getByLabelText('Chi nhánh 1'), 'Quận 1')
  await userEvent.click(screen.getByRole('button', { name: 'Thêm chi nhánh' }))
  await userEvent.type(screen.getByLabelText('Chi nhánh 2'), 'Gò Vấp')
  await userEvent.click(submit)
  expect(asked.find((each) => each.name === 'workspace.create')?.args).toEqual({
    centre: 'Sao Mai',
    owner: 'Nguyễn Thị Minh Hà',
    deviceName: 'Quầy Quận 1',
    branches: ['Quận 1', 'Gò Vấp'],
    relayUrl: null,
  })
})

it('says in words why an invite does not work', async () => {
  answerWith({
    'session.get': fresh,
    'workspace.join': () => {
      throw new IpcError('bad_invite', 'no invite')
    },
  })
  draw(<WelcomePage />)
  await userEvent.click(screen.getByRole('button', { name: /Vào bằng lời mời/ }))
  await userEvent.type(screen.getByLabelText(/Mã mời/), 'abc')
  await userEvent.type(screen.getByLabelText(/Tên thiết bị này/), 'Quầy')
  await userEvent.click(screen.getByRole('button', { name: 'Xin vào' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('Mã mời không đọc được')
})

it('damaged data says how to go on, apart from the passphrase', async () => {
  answerWith({
    'session.get': { ...fresh, stage: 'locked' },
    'session.unlock': () => {
      throw new IpcError('database_unreadable', 'file is not a database')
    },
  })
  draw(<WelcomePage />)
  const field = await screen.findByLabelText('Mật khẩu')
  await userEvent.type(field, 'mat khau dung')
  await userEvent.click(screen.getByRole('button', { name: 'Mở khoá' }))
  expect(await screen.findByRole('alert')).toHaveTextContent(/đừng xoá.*bản sao.*thư mục dữ liệu khác.*lời mời/)
  expect(field).not.toHaveAttribute('aria-invalid', 'true')
})

describe('the first start where the system keeps no keys', () => {
  const starts = (choose: RegExp) => {
    const told = { stage: 'new' }
    const { asked } = answerWith({
      'session.get': () => ({ ...fresh, ...told }),
      'session.unlock': () => {
        told.stage = 'fresh'
        return { ...fresh, ...told }
      },
      'session.settings': fresh.settings,
      'workspace.sample': { ...fresh, stage: 'ready', isSample: true },
    })
    draw(<WelcomePage />)
    return { asked, chosen: userEvent.click(screen.getByRole('button', { name: choose })) }
  }

  it('the way that was chosen goes on behind a passphrase that is typed twice', async () => {
    const { asked, chosen } = starts(/Mở trung tâm mới/)
    await chosen
    const go = await screen.findByRole('button', { name: 'Đặt mật khẩu và đi tiếp' })
    await userEvent.type(await screen.findByLabelText(/^Mật khẩu/), 'sáu con mèo')
    expect(go).toBeDisabled()
    await userEvent.type(screen.getByLabelText(/^Gõ lại/), 'sáu con chó')
    expect(screen.getByText('Hai lần gõ chưa giống nhau.')).toBeVisible()
    expect(go).toBeDisabled()
    await userEvent.clear(screen.getByLabelText(/^Gõ lại/))
    await userEvent.type(screen.getByLabelText(/^Gõ lại/), 'sáu con mèo{Enter}')
    expect(await screen.findByLabelText(/Tên trung tâm/)).toHaveFocus()
    expect(asked.find((each) => each.name === 'session.unlock')?.args).toEqual({ passphrase: 'sáu con mèo' })
  })

  it('a short one is not taken, and there is a way back', async () => {
    await starts(/Xem thử/).chosen
    await userEvent.type(await screen.findByLabelText(/^Mật khẩu/), 'ngắn')
    await userEvent.type(screen.getByLabelText(/^Gõ lại/), 'ngắn')
    expect(screen.getByRole('button', { name: 'Đặt mật khẩu và đi tiếp' })).toBeDisabled()
    await userEvent.click(screen.getByRole('button', { name: 'Quay lại' }))
    expect(await screen.findByRole('button', { name: /Xem thử/ })).toBeVisible()
  })

  it('the sample opens as soon as the passphrase stands', async () => {
    const { asked, chosen } = starts(/Xem thử/)
    await chosen
    await userEvent.type(await screen.findByLabelText(/^Mật khẩu/), 'sáu con mèo')
    await userEvent.type(screen.getByLabelText(/^Gõ lại/), 'sáu con mèo{Enter}')
    await waitFor(() => expect(asked.map((each) => each.name)).toContain('workspace.sample'))
  })
})

it('whoever waits to be let in may stop waiting', async () => {
  const { asked } = answerWith({
    'session.get': { ...fresh, stage: 'joining', fingerprint: 'sen trúc 4821' },
    'workspace.stopJoin': fresh,
  })
  draw(<WelcomePage />)
  await userEvent.click(await screen.findByRole('button', { name: /Thôi chờ/ }))
  expect(asked.map((each) => each.name)).toContain('workspace.stopJoin')
})

it('says why the way in stands still', async () => {
  answerWith({ 'session.get': { ...fresh, stage: 'joining', fingerprint: 'sen', stopped: 'relay_version' } })
  draw(<WelcomePage />)
  expect(await screen.findByRole('alert')).toHaveTextContent('Hãy cập nhật bên cũ hơn')
})

it('shows the characters to compare while it waits to be let in', async () => {
  answerWith({ 'session.get': { ...fresh, stage: 'joining', deviceName: 'Quầy', fingerprint: 'sen trúc 4821' } })
  draw(<WelcomePage />)
  expect(await screen.findByText('sen trúc 4821')).toBeVisible()
})

describe('a centre whose devices are lost', () => {
  const refusesOnce = () => {
    const told = { count: 0 }
    return answerWith({
      'session.get': fresh,
      'workspace.recover': () => {
        told.count += 1
        if (told.count === 1) throw new IpcError('kit_relay_unreachable', 'no relay')
        return { ...fresh, stage: 'ready' }
      },
    })
  }

  it('comes back by a recovery kit; another address of the relay is asked for where the old one is silent', async () => {
    const { asked } = refusesOnce()
    draw(<WelcomePage />)
    await userEvent.click(screen.getByRole('button', { name: 'Mất hết thiết bị? Dùng bộ khôi phục' }))
    expect(screen.getByRole('heading', { name: 'Khôi phục trung tâm' })).toBeVisible()
    const field = screen.getByLabelText(/^Bộ khôi phục/)
    expect(field).toHaveFocus()
    await userEvent.type(field, 'QUENKIT1: ABCD EFGH')
    await userEvent.type(screen.getByLabelText(/Tên thiết bị này/), 'Laptop mới')
    expect(screen.queryByLabelText(/Địa chỉ máy trung chuyển/)).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Khôi phục' }))
    expect(await screen.findByRole('alert')).toHaveTextContent(/Kiểm tra mạng.*địa chỉ mới/)
    await userEvent.type(screen.getByLabelText(/Địa chỉ máy trung chuyển bây giờ/), 'https://moi.saomai.vn')
    await userEvent.click(screen.getByRole('button', { name: 'Khôi phục' }))
    await waitFor(() => expect(asked.filter((each) => each.name === 'workspace.recover')).toHaveLength(2))
    expect(asked.filter((each) => each.name === 'workspace.recover').map((each) => each.args)).toEqual([
      { kit: 'QUENKIT1: ABCD EFGH', deviceName: 'Laptop mới', relayUrl: null },
      { kit: 'QUENKIT1: ABCD EFGH', deviceName: 'Laptop mới', relayUrl: 'https://moi.saomai.vn' },
    ])
  })

  it('comes back also where an invite was expected, and an invite joins where a kit was', async () => {
    const { asked } = answerWith({ 'session.get': fresh, 'workspace.recover': { ...fresh, stage: 'ready' }, 'workspace.join': { ...fresh, stage: 'joining' } })
    draw(<WelcomePage />)
    await userEvent.click(screen.getByRole('button', { name: /Vào bằng lời mời/ }))
    await userEvent.type(screen.getByLabelText(/Tên thiết bị này/), 'Laptop')
    await userEvent.type(screen.getByLabelText(/Mã mời/), 'quenkit1:abcd')
    await userEvent.click(screen.getByRole('button', { name: 'Khôi phục' }))
    await waitFor(() => expect(asked.map((each) => each.name)).toContain('workspace.recover'))
    await userEvent.clear(screen.getByLabelText(/^Bộ khôi phục/))
    await userEvent.type(screen.getByLabelText(/Mã mời/), 'quen1:abcd')
    await userEvent.click(screen.getByRole('button', { name: 'Xin vào' }))
    await waitFor(() => expect(asked.map((each) => each.name)).toContain('workspace.join'))
  })
})
