import { createTheme, localStorageColorSchemeManager, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = ['#eaf6f9', '#d3e9ef', '#a6d2de', '#75bace', '#4da5be', '#3397b4', '#1f86a3', '#11708a', '#0b5c72', '#09495b'];

// Mantine's dark greys, in the tint of the surface tokens: text first, deepest ground last.
const slate: MantineColorsTuple = ['#e7eef2', '#c4d0d8', '#a8b7c2', '#7d8f9b', '#455866', '#2a3842', '#1b262e', '#161f26', '#0e151a', '#090e12'];

export const schemeManager = localStorageColorSchemeManager({ key: 'medhub.scheme' });

export const theme = createTheme({
  colors: { petrol, dark: slate },
  primaryColor: 'petrol',
  // The light shades of buttons fail the contrast rule: one dark shade in both schemes.
  primaryShade: 8,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  defaultRadius: 6,
  cursorType: 'pointer',
  components: {
    Modal: { defaultProps: { centered: false, yOffset: 140, overlayProps: { backgroundOpacity: 0.35 }, attributes: { header: { role: 'presentation' } } } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--mh-surface)',
  '--mantine-color-text': 'var(--mh-ink)',
  '--mantine-color-dimmed': 'var(--mh-ink-2)',
  '--mantine-color-placeholder': 'var(--mh-ink-2)',
  '--mantine-color-default': 'var(--mh-surface)',
  '--mantine-color-default-hover': 'var(--mh-hover)',
  '--mantine-color-default-color': 'var(--mh-ink)',
  '--mantine-color-default-border': 'var(--mh-line-strong)',
  '--mantine-color-anchor': 'var(--mh-accent)',
  // Mantine's own reds fail the contrast rule in both schemes.
  '--mantine-color-error': 'var(--mh-stop)',
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
