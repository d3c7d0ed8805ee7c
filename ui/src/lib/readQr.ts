/** Pixels on the longer side of a picture that is searched: enough for a code that fills a tenth of a photograph. */
const SIDE_MAX = 2000

/** The text of the QR code in a picture; `null` if there is none, or the file is no picture. */
export async function readQr(picture: Blob): Promise<string | null> {
  const pixels = await pixelsOf(picture)
  return pixels && (await decoded(pixels))
}

/** The text of the QR code in an image of four bytes a pixel; `null` if there is none. */
export async function decoded(image: { width: number; height: number; data: Uint8ClampedArray }): Promise<string | null> {
  const { default: decodeQR } = await import('qr/decode.js')
  try {
    return decodeQR(image)
  } catch {
    return null
  }
}

async function pixelsOf(picture: Blob): Promise<ImageData | null> {
  const bitmap = await createImageBitmap(picture).catch(() => null)
  if (!bitmap) return null
  const scale = Math.min(1, SIDE_MAX / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d')
  context?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return context?.getImageData(0, 0, canvas.width, canvas.height) ?? null
}
