import { type MappingAlgorithm, theme, type ThemeConfig } from 'antd';
import { useSyncExternalStore } from 'react';

/** One accent. Everything else is ink on paper, so that colour can mean something. Contrast on white is at least 4.5:1. */
const ACCENT = '#17687a';

export const COLOURS = {
  accent: ACCENT,
  accentSoft: '#e6f1f3',
  ink: '#1d252c',
  inkSoft: '#55606b',
  inkFaint: '#6b7682',
  paper: '#ffffff',
  ground: '#f3f5f7',
  line: '#dfe4e8',
  lineSoft: '#edf0f2',
  menu: '#1f2d36',
} as const;

export type Tone = 'neutral' | 'active' | 'waiting' | 'good' | 'bad' | 'special' | 'quiet';

/** Ink, ground and edge of each tone. */
export const TONES: Readonly<Record<Tone, Readonly<{ ink: string; ground: string; edge: string }>>> = {
  neutral: { ink: '#33414d', ground: '#eef2f5', edge: '#cfd8df' },
  active: { ink: '#0f4f86', ground: '#e5f0fa', edge: '#b5d2ec' },
  waiting: { ink: '#7a4d00', ground: '#fff3d9', edge: '#f0d494' },
  good: { ink: '#1c6136', ground: '#e4f4ea', edge: '#b0dac0' },
  bad: { ink: '#9b2420', ground: '#fdebea', edge: '#f0bdba' },
  special: { ink: '#5b3a8c', ground: '#f1ebfa', edge: '#d3c2ec' },
  quiet: { ink: '#66717b', ground: '#f4f5f6', edge: '#e0e4e7' },
};

const FONT_SIZES = {
  fontSize: 13,
  fontSizeSM: 12,
  fontSizeLG: 14,
  fontSizeXL: 16,
  fontSizeHeading4: 16,
  fontSizeHeading5: 14,
  lineHeight: 20 / 13,
  lineHeightSM: 18 / 12,
  lineHeightLG: 22 / 14,
  fontHeight: 20,
  fontHeightSM: 18,
  fontHeightLG: 22,
};

/** The compact measures, with characters one can read all day: compact alone would shrink them to 12. */
const dense: MappingAlgorithm = (seed, map) => ({ ...theme.compactAlgorithm(seed, map), ...FONT_SIZES });

const THEME: ThemeConfig = {
  algorithm: dense,
  token: {
    colorPrimary: ACCENT,
    colorPrimaryHover: '#1f7d92',
    colorPrimaryActive: '#115261',
    colorPrimaryBg: COLOURS.accentSoft,
    colorPrimaryBgHover: '#d9eaed',
    colorPrimaryBorder: '#7fb2bd',
    controlItemBgActive: COLOURS.accentSoft,
    controlItemBgActiveHover: '#d9eaed',
    controlItemBgHover: '#f2f6f7',
    colorInfo: ACCENT,
    // What is derived from so dark an accent is a murky grey.
    colorInfoBg: COLOURS.accentSoft,
    colorInfoBorder: '#a9cfd7',
    colorLink: ACCENT,
    colorBgMask: 'rgb(31 45 54 / 36%)',
    colorSuccess: '#23753f',
    colorWarning: '#b06a00',
    colorError: '#c2302b',
    colorTextBase: COLOURS.ink,
    colorTextSecondary: COLOURS.inkSoft,
    colorTextTertiary: COLOURS.inkFaint,
    colorTextDescription: COLOURS.inkSoft,
    colorTextPlaceholder: '#76818c',
    colorBgLayout: COLOURS.ground,
    colorBorder: '#c9d1d8',
    colorBorderSecondary: COLOURS.line,
    borderRadius: 4,
    borderRadiusLG: 6,
    borderRadiusSM: 3,
    fontFamily:
      "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif",
    motionDurationMid: '0.1s',
    motionDurationSlow: '0.15s',
    wireframe: false,
  },
  components: {
    Button: { fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none' },
    Form: { itemMarginBottom: 12, verticalLabelPadding: '0 0 2px', labelColor: COLOURS.inkSoft },
    Table: {
      headerBg: '#f7f9fa',
      headerColor: COLOURS.inkSoft,
      headerSplitColor: 'transparent',
      borderColor: COLOURS.lineSoft,
      rowHoverBg: '#f2f7f8',
      rowSelectedBg: COLOURS.accentSoft,
      rowSelectedHoverBg: COLOURS.accentSoft,
    },
    Card: { headerFontSize: 14, bodyPadding: 12, headerPadding: 12, headerHeight: 38 },
    Tabs: { horizontalMargin: '0 0 10px' },
    Descriptions: { itemPaddingBottom: 6, labelColor: COLOURS.inkSoft },
  },
};

/** Nothing slides or grows where the system is set so; over a remote desktop that is usual. */
const CALM: ThemeConfig = { ...THEME, token: { ...THEME.token, motion: false } };
const wantsCalm = window.matchMedia('(prefers-reduced-motion: reduce)');

function onChange(notify: () => void): () => void {
  wantsCalm.addEventListener('change', notify);
  return () => wantsCalm.removeEventListener('change', notify);
}

/** The one theme, as still as the system wants it. */
export const useTheme = (): ThemeConfig => (useSyncExternalStore(onChange, () => wantsCalm.matches) ? CALM : THEME);
