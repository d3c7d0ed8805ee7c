function channel(value: number): number {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

function luminance(hex: string): number {
  const number = Number.parseInt(hex.slice(1), 16)
  return (
    0.2126 * channel((number >> 16) & 255) + 0.7152 * channel((number >> 8) & 255) + 0.0722 * channel(number & 255)
  )
}

/** Contrast ratio of two `#rrggbb` colours after WCAG 2.2, from 1 to 21. */
export function contrast(first: string, second: string): number {
  const [bright, dim] = [luminance(first), luminance(second)].sort((a, b) => b - a) as [number, number]
  return (bright + 0.05) / (dim + 0.05)
}
