import { Input } from 'antd';
import { useState } from 'react';
import { timeOfDayText } from '../format.ts';

type Props = Readonly<{
  id?: string;
  /** Minutes after midnight, up to 1440; `NaN` stands for what is no time, which a form refuses. */
  value?: number | null;
  onChange?: (value: number | null) => void;
  width?: number;
  'aria-label'?: string;
}>;

/** A time of day, typed: `9`, `9:30`, `0930`, `24:00`. */
export function TimeOfDayField({ value, onChange, width = 90, ...input }: Props) {
  const [draft, setDraft] = useState<string | null>(null);

  function type(text: string): void {
    setDraft(text);
    onChange?.(minutesOf(text));
  }

  return (
    <Input
      {...input}
      style={{ width }}
      maxLength={5}
      autoComplete="off"
      inputMode="numeric"
      value={draft ?? textOf(value)}
      onChange={(event) => type(event.target.value)}
      onBlur={() => Number.isNaN(value) || setDraft(null)}
    />
  );
}

function textOf(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '';
  return timeOfDayText(value);
}

function minutesOf(text: string): number | null {
  const plain = text.normalize('NFKC').trim();
  if (plain === '') return null;
  const [, hours = '', minutes = '00'] = /^(\d{1,2}?):?(\d\d)?$/.exec(plain) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  return hours === '' || Number(minutes) > 59 || total > 1440 ? Number.NaN : total;
}
