/** Inputs for exact figures: what is typed becomes an integer of the smallest unit without passing through fractions. */
import { Input, Tooltip } from 'antd';
import { type Ref, useState } from 'react';
import type { InputRef } from 'antd';
import { useText } from '#renderer/text/react.ts';
import { decimalText, minorDigits } from '#domain/money.ts';
import { fixedFromText } from '../format.ts';
import { useStationSettings } from '../station.tsx';

export type FixedInputProps = Readonly<{
  id?: string;
  /** An integer of the smallest unit; `NaN` stands for text that is not a figure, which the service refuses. */
  value?: number | null;
  onChange?: (value: number | null) => void;
  onBlur?: () => void;
  disabled?: boolean;
  placeholder?: string;
  autoFocus?: boolean;
  width?: number | string;
  ref?: Ref<InputRef>;
  'aria-label'?: string;
}>;

type Unit = Readonly<{ decimals: number; prefix?: string | undefined; suffix?: string | undefined; trim: boolean }>;

function FixedInput({ unit, value, onChange, onBlur, width = '100%', ...input }: FixedInputProps & { unit: Unit }) {
  const t = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const [isFocused, setFocused] = useState(false);
  const parsed = draft === null ? undefined : fixedFromText(draft, unit.decimals);
  const isDraftCurrent = parsed !== undefined && agrees(parsed, value);
  const fault = isDraftCurrent && 'fault' in parsed ? parsed.fault : undefined;

  function type(text: string): void {
    setDraft(text);
    const typed = fixedFromText(text, unit.decimals);
    onChange?.('fault' in typed ? Number.NaN : typed.value);
  }

  function leave(): void {
    setFocused(false);
    if (fault === undefined) setDraft(null);
    onBlur?.();
  }

  return (
    <Tooltip
      title={fault && t(`fieldRules.${fault}`, { max: unit.decimals })}
      open={fault !== undefined && isFocused}
      placement="topRight"
    >
      <Input
        {...input}
        className="mw-fixed"
        style={{ width }}
        styles={{ input: { textAlign: 'right' } }}
        inputMode="decimal"
        autoComplete="off"
        prefix={unit.prefix}
        suffix={unit.suffix}
        value={isDraftCurrent && draft !== null ? draft : shown(value, unit)}
        onChange={(event) => type(event.target.value)}
        onBlur={leave}
        onFocus={(event) => {
          setFocused(true);
          event.target.select();
        }}
        {...(fault === undefined ? {} : { status: 'error' as const, 'aria-invalid': true })}
      />
    </Tooltip>
  );
}

/** Whether the draft is what the value came from; if not, someone else set the value and the draft is stale. */
function agrees(parsed: ReturnType<typeof fixedFromText>, value: number | null | undefined): boolean {
  return 'fault' in parsed ? Number.isNaN(value) : parsed.value === (value ?? null);
}

function shown(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  const text = decimalText(value, unit.decimals);
  return unit.trim ? text.replace(/\.0+$|(\.\d*?)0+$/, '$1') : text;
}

/** Money in minor units of the station's currency. */
export function MoneyInput(props: FixedInputProps) {
  const { currency } = useStationSettings();
  const decimals = minorDigits(currency);
  return <FixedInput {...props} unit={{ decimals, prefix: symbolOf(currency), trim: false }} />;
}

/** A quantity in thousandths; `unit` is shown behind it. */
export function QuantityInput({ unit, ...props }: FixedInputProps & Readonly<{ unit?: string }>) {
  return <FixedInput {...props} unit={{ decimals: 3, suffix: unit, trim: true }} />;
}

/** A rate or share in basis points, typed as a percentage. */
export function PercentInput(props: FixedInputProps) {
  return <FixedInput {...props} unit={{ decimals: 2, suffix: '%', trim: true }} />;
}

function symbolOf(currency: string): string | undefined {
  const parts = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value;
}
