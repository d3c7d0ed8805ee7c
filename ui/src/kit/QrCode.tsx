import { useMemo } from 'react'

type Props = { /** The drawing that the core made. */ svg: string; label: string; size?: number }

/** Shows a QR code. It stays dark on white in both schemes, or cameras fail. */
export function QrCode({ svg, label, size = 180 }: Props) {
  // As an image the drawing cannot run anything, whatever it holds.
  const source = useMemo(() => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`, [svg])
  return (
    <img
      src={source}
      alt={label}
      width={size}
      height={size}
      style={{ display: 'block', padding: 12, borderRadius: 12, background: '#ffffff', border: '1px solid var(--q-line)' }}
    />
  )
}
