/** The colours that carry meaning. Both schemes are designed; neither is derived from the other. */
export type Tokens = {
  canvas: string
  surface: string
  raised: string
  sunken: string
  hover: string
  selected: string
  line: string
  lineStrong: string
  lineControl: string
  text: string
  textMuted: string
  textFaint: string
  accent: string
  accentHover: string
  onAccent: string
  accentText: string
  accentSoft: string
  focus: string
  danger: string
  dangerSoft: string
  dangerFill: string
  warning: string
  warningSoft: string
  success: string
  successSoft: string
  info: string
  infoSoft: string
}

/** Paper, ink and jade. */
export const light: Tokens = {
  canvas: '#f6f4f0',
  surface: '#fffefc',
  raised: '#ffffff',
  sunken: '#f3f1ec',
  hover: '#f4f2ed',
  selected: '#e6f1ec',
  line: '#e8e5de',
  lineStrong: '#d6d2c8',
  lineControl: '#928c7f',
  text: '#211f1b',
  textMuted: '#524e47',
  textFaint: '#6b665c',
  accent: '#0b6b56',
  accentHover: '#085846',
  onAccent: '#ffffff',
  accentText: '#0a5f4c',
  accentSoft: '#e3f0ea',
  focus: '#0f8a6e',
  danger: '#a8261c',
  dangerSoft: '#fbebe8',
  dangerFill: '#b3261e',
  warning: '#7d4f00',
  warningSoft: '#fbf1dd',
  success: '#1f6330',
  successSoft: '#e8f3e6',
  info: '#23527f',
  infoSoft: '#e8f0f7',
}

/** Lamp-lit lacquer: warm near-blacks, jade lifted so that it still reads. */
export const dark: Tokens = {
  canvas: '#151412',
  surface: '#1b1a18',
  raised: '#252421',
  sunken: '#211f1d',
  hover: '#262421',
  selected: '#1a332b',
  line: '#2f2d29',
  lineStrong: '#423f39',
  lineControl: '#7b766b',
  text: '#f1eee8',
  textMuted: '#c2bdb2',
  textFaint: '#a19b8f',
  accent: '#1c7a62',
  accentHover: '#1f8067',
  onAccent: '#ffffff',
  accentText: '#72cdb2',
  accentSoft: '#1a332b',
  focus: '#4fb899',
  danger: '#f19a8f',
  dangerSoft: '#3b211d',
  dangerFill: '#b53a30',
  warning: '#e6b866',
  warningSoft: '#372a14',
  success: '#8ccb97',
  successSoft: '#1f3022',
  info: '#96bfe6',
  infoSoft: '#1d2b39',
}

/** Turns `lineStrong` into `--q-line-strong`. */
export function tokenVariable(name: string): string {
  return `--q-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/** Avatar hues, chosen to be told apart and to carry white or near-black initials. */
export const avatarHues = {
  light: [
    ['#dcebe4', '#0a5341'],
    ['#f3e3d3', '#6f3f0c'],
    ['#e4e2f3', '#433a80'],
    ['#f5dfe2', '#7d2336'],
    ['#dde9f3', '#1d4a74'],
    ['#ebe8cf', '#55500c'],
    ['#eadff0', '#643178'],
    ['#d9ecec', '#0d5154'],
  ],
  dark: [
    ['#1d3b32', '#9ad9c5'],
    ['#402c17', '#ecc391'],
    ['#2c2951', '#c2bcf2'],
    ['#471f28', '#f2b1bc'],
    ['#1c3247', '#a9cff0'],
    ['#353214', '#dcd58b'],
    ['#3a2345', '#dfb6ee'],
    ['#173a3b', '#97d8da'],
  ],
} as const
