import { contrast } from './contrast'
import { avatarHues, dark, light, type Tokens } from './tokens'

const backgrounds = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'selected'] as const

describe.each([
  ['light', light],
  ['dark', dark],
] as [string, Tokens][])('%s scheme', (_name, tokens) => {
  it.each(backgrounds)('body text reaches AAA on %s', (background) => {
    expect(contrast(tokens.text, tokens[background])).toBeGreaterThanOrEqual(7)
  })

  it.each(backgrounds)('muted, faint, accent and danger text reach AA on %s', (background) => {
    for (const name of ['textMuted', 'textFaint', 'accentText', 'danger'] as const) {
      expect(contrast(tokens[name], tokens[background]), name).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('status words reach AA on their own tint and on the page', () => {
    for (const name of ['danger', 'warning', 'success', 'info'] as const) {
      expect(contrast(tokens[name], tokens[`${name}Soft`]), name).toBeGreaterThanOrEqual(4.5)
      expect(contrast(tokens[name], tokens.surface), name).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('filled buttons carry readable words', () => {
    expect(contrast(tokens.onAccent, tokens.accent)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(tokens.onAccent, tokens.dangerFill)).toBeGreaterThanOrEqual(4.5)
  })

  it('control borders and focus rings stand out by 3:1', () => {
    for (const background of ['surface', 'raised', 'canvas'] as const) {
      expect(contrast(tokens.lineControl, tokens[background]), background).toBeGreaterThanOrEqual(3)
      expect(contrast(tokens.focus, tokens[background]), background).toBeGreaterThanOrEqual(3)
    }
  })
})

it('hovered filled buttons keep readable words', () => {
  expect(contrast(light.onAccent, light.accentHover)).toBeGreaterThanOrEqual(4.5)
  expect(contrast(dark.onAccent, dark.accentHover)).toBeGreaterThanOrEqual(4.5)
})

it.each(['light', 'dark'] as const)('avatar initials reach AA in %s', (scheme) => {
  for (const [background, text] of avatarHues[scheme]) {
    expect(contrast(background, text)).toBeGreaterThanOrEqual(4.5)
  }
})
