import encodeQR from 'qr'
import { decoded } from './readQr'

/** A QR code as a screen shows it, six pixels a module. */
function drawn(text: string) {
  const rows = encodeQR(text, 'raw', { border: 4 })
  const size = rows.length * 6
  const data = new Uint8ClampedArray(size * size * 4)
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const isDark = rows[Math.floor(y / 6)]?.[Math.floor(x / 6)] ?? false
      data.set([isDark ? 0 : 255, isDark ? 0 : 255, isDark ? 0 : 255, 255], (y * size + x) * 4)
    }
  }
  return { width: size, height: size, data }
}

it('the text of a QR code is read from its picture', async () => {
  const invite = `quen1:${'AbC-_9'.repeat(40)}`
  expect(await decoded(drawn(invite))).toBe(invite)
})

it('a picture without a code gives nothing', async () => {
  expect(await decoded({ width: 40, height: 40, data: new Uint8ClampedArray(40 * 40 * 4).fill(200) })).toBeNull()
})
