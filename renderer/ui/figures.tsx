/** Figures, dates and states for reading. */
import type { ReactNode } from 'react';
import type { WorkOrderState } from '#domain/work-orders/states.ts';
import { useText } from '#renderer/text/react.ts';
import { useFormat } from './station.tsx';
import { type Tone, TONES } from './theme.ts';

const NOTHING = '–';

type FigureProps = Readonly<{ value: number | null | undefined }>;

/** `value` in minor units. */
export function MoneyText({ value }: FigureProps) {
  const format = useFormat();
  return <span className="mw-nowrap">{value === null || value === undefined ? NOTHING : format.money(value)}</span>;
}

/** `value` in thousandths, of what `unit` says. */
export function QuantityText({ value, unit = '' }: FigureProps & Readonly<{ unit?: string }>) {
  const format = useFormat();
  const text = value === null || value === undefined ? NOTHING : format.quantity(value);
  return <span className="mw-nowrap">{unit === '' ? text : `${text} ${unit}`}</span>;
}

/** A business date. */
export function DateText({ value }: Readonly<{ value: string | null | undefined }>) {
  const format = useFormat();
  return <span className="mw-nowrap">{value ? format.date(value) : NOTHING}</span>;
}

/** An instant in milliseconds, on the station's clock. */
export function DateTimeText({ value }: FigureProps) {
  const format = useFormat();
  if (value === null || value === undefined) return <span>{NOTHING}</span>;
  return (
    <time className="mw-nowrap" dateTime={new Date(value).toISOString()}>
      {format.dateTime(value)}
    </time>
  );
}

type TagProps = Readonly<{ tone: Tone; children: ReactNode }>;

export function ToneTag({ tone, children }: TagProps) {
  const { ink, ground, edge } = TONES[tone];
  return (
    <span className="mw-tag" style={{ color: ink, background: ground, borderColor: edge }}>
      {children}
    </span>
  );
}

const STATE_TONES: Readonly<Record<WorkOrderState, Tone>> = {
  registered: 'neutral',
  dispatched: 'active',
  accepted: 'active',
  appointed: 'active',
  'in-progress': 'active',
  'waiting-for-parts': 'waiting',
  escalated: 'special',
  unrepairable: 'bad',
  done: 'good',
  audited: 'good',
  settled: 'good',
  'ready-for-pick-up': 'waiting',
  'picked-up': 'quiet',
  closed: 'quiet',
  cancelled: 'quiet',
};

/** A work order's state. */
export function StateTag({ state }: Readonly<{ state: WorkOrderState }>) {
  const t = useText();
  return <ToneTag tone={toneOfState(state)}>{t(`workOrderStates.${state}`)}</ToneTag>;
}

export function toneOfState(state: WorkOrderState): Tone {
  return STATE_TONES[state];
}
