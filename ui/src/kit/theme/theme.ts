import {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  createTheme,
  Drawer,
  Input,
  InputWrapper,
  Kbd,
  Loader,
  Menu,
  Modal,
  PillsInputField,
  Popover,
  Radio,
  SegmentedControl,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core'
import { dark, light, tokenVariable, type Tokens } from './tokens'

const jade: MantineColorsTuple = [
  '#e9f5f0', '#d3e9e0', '#a6d3c3', '#72cdb2', '#4fb899', '#2b9a7c', '#0f8a6e', '#0b6b56', '#085846', '#053b2f',
]
const stone: MantineColorsTuple = [
  '#faf9f6', '#f3f1ec', '#e8e5de', '#d6d2c8', '#b6b0a4', '#928c7f', '#6b665c', '#524e47', '#383530', '#211f1b',
]
const lacquer: MantineColorsTuple = [
  '#f1eee8', '#c2bdb2', '#a19b8f', '#7b766b', '#423f39', '#2f2d29', '#252421', '#1b1a18', '#151412', '#0e0d0c',
]

const body = '0.8438rem' // 13.5 px: small enough to be dense, large enough for stacked marks

/** What a choice means, below its label: small, and large enough for stacked marks. */
const description = { marginTop: 2, fontSize: '0.75rem', lineHeight: 1.45, color: 'var(--q-text-faint)' }

/** The one Mantine theme. Screens never restyle components; they ask for a variant. */
export const theme = createTheme({
  primaryColor: 'jade',
  primaryShade: { light: 7, dark: 7 },
  colors: { jade, gray: stone, dark: lacquer },
  white: light.surface,
  black: light.text,
  fontFamily: "'Be Vietnam Pro', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: body, lg: '0.9375rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.45', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '1rem', lineHeight: '1.45' },
      h3: { fontSize: body, lineHeight: '1.45' },
    },
  },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  shadows: {
    sm: '0 1px 2px rgb(33 31 27 / 0.08), 0 2px 8px rgb(33 31 27 / 0.06)',
    md: '0 2px 6px rgb(33 31 27 / 0.08), 0 8px 24px rgb(33 31 27 / 0.1)',
    lg: '0 4px 12px rgb(33 31 27 / 0.1), 0 16px 48px rgb(33 31 27 / 0.16)',
  },
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm', fw: 500 },
      vars: (_theme, props) => ({
        root: props.size === 'sm' || props.size === undefined ? { '--button-height': '32px', '--button-padding-x': '14px' } : {},
      }),
    }),
    Input: Input.extend({
      defaultProps: { size: 'sm' },
      // A name that is too long for its box says so.
      styles: { input: { textOverflow: 'ellipsis' } },
      vars: (_theme, props) => ({
        wrapper: {
          ...(props.size === 'sm' || props.size === undefined ? { '--input-height': '34px' } : {}),
          '--input-bd': 'var(--q-line-control)',
          // Words with a mark, for what is seldom changed among many lines: no box but while it is used.
          ...(props.variant === 'quiet' ? { '--input-bd': 'transparent', '--input-bg': 'transparent', '--input-bd-focus': 'var(--q-focus)' } : {}),
        },
      }),
    }),
    InputWrapper: InputWrapper.extend({
      defaultProps: { size: 'sm' },
      styles: { label: { marginBottom: 4 }, description: { marginBottom: 4, color: 'var(--q-text-faint)' }, error: { fontSize: '0.75rem', lineHeight: 1.45 } },
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { size: 32, variant: 'subtle', color: 'gray' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 400, transitionProps: { duration: 120 }, events: { hover: true, focus: true, touch: false } },
    }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', radius: 'md', transitionProps: { duration: 120 }, withinPortal: true } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', radius: 'md', transitionProps: { duration: 120 } } }),
    Modal: Modal.extend({
      defaultProps: {
        radius: 'lg',
        centered: true,
        transitionProps: { duration: 140 },
        overlayProps: { backgroundOpacity: 0.4, color: '#0e0d0c' },
      },
      styles: {
        content: { background: 'var(--q-raised)', border: '1px solid var(--q-line-strong)' },
        header: { background: 'var(--q-raised)' },
        title: { fontSize: '0.9375rem', fontWeight: 600 },
      },
    }),
    Drawer: Drawer.extend({
      defaultProps: { transitionProps: { duration: 140 }, overlayProps: { backgroundOpacity: 0.4, color: '#0e0d0c' } },
      styles: { content: { background: 'var(--q-raised)' }, header: { background: 'var(--q-raised)' }, title: { fontWeight: 600 } },
    }),
    Badge: Badge.extend({ defaultProps: { tt: 'none', fw: 500, variant: 'light', radius: 'sm' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs', radius: 'xs' }, styles: { label: { fontSize: '0.8125rem' }, description } }),
    Radio: Radio.extend({ styles: { label: { fontSize: '0.8125rem' }, description } }),
    // The place to type in takes only what is left of a line, not a line of its own.
    PillsInputField: PillsInputField.extend({ styles: { field: { minWidth: 24 } } }),
    Kbd: Kbd.extend({ defaultProps: { size: 'xs' } }),
    Loader: Loader.extend({ defaultProps: { size: 'sm', type: 'dots' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
  },
})

function variables(tokens: Tokens): Record<string, string> {
  const own = Object.fromEntries(Object.entries(tokens).map(([name, value]) => [tokenVariable(name), value]))
  return {
    ...own,
    '--mantine-color-body': tokens.surface,
    '--mantine-color-text': tokens.text,
    '--mantine-color-bright': tokens.text,
    '--mantine-color-dimmed': tokens.textFaint,
    '--mantine-color-placeholder': tokens.textFaint,
    '--mantine-color-anchor': tokens.accentText,
    '--mantine-color-default': tokens.raised,
    '--mantine-color-default-hover': tokens.hover,
    '--mantine-color-default-color': tokens.text,
    '--mantine-color-default-border': tokens.lineStrong,
    '--mantine-color-error': tokens.danger,
    '--mantine-color-disabled': tokens.sunken,
    '--mantine-color-disabled-color': tokens.textFaint,
    '--mantine-primary-color-filled': tokens.accent,
    '--mantine-primary-color-filled-hover': tokens.accentHover,
    '--mantine-primary-color-light': tokens.accentSoft,
    '--mantine-primary-color-light-hover': tokens.selected,
    '--mantine-primary-color-light-color': tokens.accentText,
    '--mantine-color-jade-filled': tokens.accent,
    '--mantine-color-jade-filled-hover': tokens.accentHover,
    '--mantine-color-jade-light': tokens.accentSoft,
    '--mantine-color-jade-light-hover': tokens.selected,
    '--mantine-color-jade-light-color': tokens.accentText,
    '--mantine-color-jade-text': tokens.accentText,
    '--mantine-color-gray-light': tokens.sunken,
    '--mantine-color-gray-light-hover': tokens.hover,
    '--mantine-color-gray-light-color': tokens.textMuted,
    '--mantine-color-gray-text': tokens.textMuted,
    '--mantine-color-red-filled': tokens.dangerFill,
    '--mantine-color-red-filled-hover': tokens.dangerFill,
    '--mantine-color-red-light': tokens.dangerSoft,
    '--mantine-color-red-light-hover': tokens.dangerSoft,
    '--mantine-color-red-light-color': tokens.danger,
    '--mantine-color-red-text': tokens.danger,
    '--mantine-color-yellow-light': tokens.warningSoft,
    '--mantine-color-yellow-light-color': tokens.warning,
    '--mantine-color-green-light': tokens.successSoft,
    '--mantine-color-green-light-color': tokens.success,
    '--mantine-color-blue-light': tokens.infoSoft,
    '--mantine-color-blue-light-color': tokens.info,
  }
}

/** Writes every token as a CSS variable for both schemes. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: { '--q-nav-width': '244px', '--q-row': '36px' },
  light: variables(light),
  dark: variables(dark),
})
