import { Button, Checkbox, Group, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { showToast } from '../lib/toasts'
import { Avatar } from './Avatar'
import { ConfirmInline } from './ConfirmInline'
import { CountTabs } from './CountTabs'
import { Keys } from './Kbd'
import { PageHeader } from './PageHeader'
import { ProgressBar } from './ProgressBar'
import { RelativeTime } from './RelativeTime'
import { EmptyState, ErrorState, LoadingLines, OfflineNote } from './States'
import { Chip, StatusDot } from './StatusDot'

const names = ['Trần Thị Ánh', 'Nguyễn Văn An', 'Lê Đức Ổn', 'Phạm Hồng Ửng', 'Đỗ Quỳnh Chi', 'Hoàng Gia Bảo']

/** Every part of the kit on one page; only in development. */
export function Gallery() {
  const [tab, setTab] = useState<'a' | 'b'>('a')
  return (
    <div style={{ overflow: 'auto' }}>
      <PageHeader title="Gallery" count={10432} chips={<Chip>Quận 1</Chip>} actions={<Button>Thêm người</Button>} />
      <Stack p="lg" gap="xl" maw={860}>
        <Shelf title="Buttons">
          <Button>Lưu</Button>
          <Button variant="default">Thôi</Button>
          <Button variant="light">Mời thiết bị</Button>
          <Button variant="subtle">Hoàn tác</Button>
          <Button color="red">Xoá</Button>
          <Button disabled>Đang khoá</Button>
          <Button loading>Lưu</Button>
        </Shelf>
        <Shelf title="Fields">
          <TextInput label="Họ tên" placeholder="Trần Thị Ánh" />
          <TextInput label="Số điện thoại" error="Số này thiếu một chữ số" defaultValue="091234567" />
          <Checkbox label="Đồng ý nhận tin" defaultChecked />
          <SegmentedControl data={['Sáng', 'Tối', 'Theo máy']} />
        </Shelf>
        <Shelf title="Marks">
          {names.map((name) => (
            <Avatar key={name} name={name} size={32} />
          ))}
          {(['neutral', 'accent', 'success', 'warning', 'danger', 'info'] as const).map((tone) => (
            <Chip key={tone} tone={tone}>
              Sắp hết khoá
            </Chip>
          ))}
          <StatusDot tone="success">Đã đồng bộ</StatusDot>
          <StatusDot tone="warning" hollow>
            Mất mạng
          </StatusDot>
          <Keys shortcut="mod+k" />
          <Keys shortcut="g p" />
          <RelativeTime atMs={Date.now() - 180_000} />
        </Shelf>
        <CountTabs
          label="Tabs"
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'a', label: 'Xung đột', count: 3 },
            { value: 'b', label: 'Trùng', count: 12 },
          ]}
        />
        <ProgressBar label="Đang nhập danh sách" done={4210} total={10432} />
        <OfflineNote>Thiết bị này mất mạng từ 09:12. Bạn vẫn làm việc bình thường.</OfflineNote>
        <ConfirmInline label="Bỏ dữ liệu mẫu" question="Bỏ hẳn dữ liệu mẫu?" confirmLabel="Bỏ dữ liệu mẫu" onConfirm={() => undefined} />
        <Button variant="default" onClick={() => showToast({ kind: 'done', message: 'Đã đổi số điện thoại của Trần Thị Ánh', undo: () => undefined })}>
          Toast
        </Button>
        <LoadingLines rows={3} />
        <EmptyState icon={<IconUsers size={28} stroke={1.5} />} title="Chưa có ai" action={<Button>Thêm người</Button>}>
          Học viên, phụ huynh và người quan tâm sẽ đứng ở đây.
        </EmptyState>
        <ErrorState message="Không liên lạc được với Quen trên thiết bị này." onRetry={() => undefined} />
      </Stack>
    </div>
  )
}

type Props = { title: string; children: ReactNode }

function Shelf({ title, children }: Props) {
  return (
    <section>
      <h2 style={{ fontSize: 12, color: 'var(--q-text-faint)', margin: '0 0 8px' }}>{title}</h2>
      <Group align="flex-end">{children}</Group>
    </section>
  )
}
