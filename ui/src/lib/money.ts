const grouped = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0 })

/** An amount of đồng as people write it: `1.250.000 ₫`. */
export function formatVnd(amountVnd: number): string {
  return `${grouped.format(amountVnd)}\u00a0₫`
}

/** A count with Vietnamese grouping: `10.432`. */
export function formatCount(count: number): string {
  return grouped.format(count)
}

/** Reads `1.250.000`, `1250000đ`, `1,2tr`, `500k`; null when it is no amount. */
export function parseVnd(text: string): number | null {
  const folded = text.trim().toLowerCase().replace(/\s|₫|đ|vnd/g, '')
  const short = /^(\d+(?:[.,]\d+)?)(k|tr|triệu|m)$/.exec(folded)
  if (short) return Math.round(Number(short[1]?.replace(',', '.')) * (short[2] === 'k' ? 1_000 : 1_000_000))
  const plain = folded.replace(/[.,](?=\d{3}(?:\D|$))/g, '')
  return /^-?\d+$/.test(plain) ? Number(plain) : null
}
