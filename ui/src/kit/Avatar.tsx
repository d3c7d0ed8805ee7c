import { useComputedColorScheme } from '@mantine/core'
import { hashOf, initial } from '../lib/vietnamese'
import { avatarHues } from './theme/tokens'
import classes from './Avatar.module.css'

type Props = { name: string; /** What keeps the colour stable when the name changes. */ seed?: string; size?: number }

/** The initial of a given name on a colour that stays with the person. */
export function Avatar({ name, seed, size = 24 }: Props) {
  const hues = avatarHues[useComputedColorScheme('light')]
  const [background, color] = hues[hashOf(seed ?? name) % hues.length] ?? hues[0]
  return (
    <span
      aria-hidden
      className={classes.avatar}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.46), background, color }}
    >
      {initial(name)}
    </span>
  )
}
