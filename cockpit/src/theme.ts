import { Alert, createTheme, type MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#e8f5f4',
  '#d3e8e6',
  '#a6d0cd',
  '#76b7b3',
  '#4fa29d',
  '#34938e',
  '#1f8580',
  '#0f6f6c',
  '#0b5f5d',
  '#064c4b',
];

/** Red that can be read on both grounds, and that white can be read on. */
const red: MantineColorsTuple = [
  '#fdecea',
  '#fbd7d3',
  '#f7b1aa',
  '#ffa39c',
  '#ff9189',
  '#e5564b',
  '#cf3a2f',
  '#b3261e',
  '#b3261e',
  '#8c1d17',
];

export const theme = createTheme({
  colors: { petrol, red },
  primaryColor: 'petrol',
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Alert: Alert.extend({ styles: { label: { color: 'var(--mantine-color-text)' } } }),
  },
});
