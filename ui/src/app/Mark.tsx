type Props = { size?: number }

/** The sign of Quen: a Q whose tail reaches out, and the one it greets. */
export function Mark({ size = 24 }: Props) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="8" fill="var(--q-accent)" />
      <circle cx="14.5" cy="15" r="7" fill="none" stroke="#fff" strokeWidth="3.2" />
      <path d="M18.5 19.5 24 25" stroke="#fff" strokeWidth="3.2" strokeLinecap="round" />
      <circle cx="24.5" cy="8.5" r="2.2" fill="#f2c879" />
    </svg>
  )
}
