/** Dates and instants as the station's calendar and clock show them, whatever the clock of this computer. */
import { DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useSyncExternalStore } from 'react';
import { businessDate } from '#domain/dates.ts';
import { useText } from '#renderer/text/react.ts';
import { instantOf } from '../format.ts';
import { useFormat, useStationSettings } from '../station.tsx';

type CommonProps = Readonly<{
  id?: string;
  disabled?: boolean;
  placeholder?: string;
  width?: number | string;
  'aria-label'?: string;
}>;

type DateFieldProps = CommonProps & Readonly<{ value?: string | null; onChange?: (value: string | null) => void }>;

/** A business date, `YYYY-MM-DD`. */
export function DateField({ value, onChange, width = '100%', ...picker }: DateFieldProps) {
  return (
    <DatePicker
      {...picker}
      style={{ width }}
      format={['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'M-D', 'M/D']}
      value={value ? dayjs(value) : null}
      onChange={(day: Dayjs | null) => onChange?.(day === null ? null : day.format('YYYY-MM-DD'))}
    />
  );
}

type InstantFieldProps = CommonProps & Readonly<{ value?: number | null; onChange?: (value: number | null) => void }>;

/** An instant in milliseconds, to the minute. */
export function InstantField({ value, onChange, width = '100%', ...picker }: InstantFieldProps) {
  const { timeZone } = useStationSettings();
  const format = useFormat();
  function pick(day: Dayjs | null): void {
    const at = day === null ? null : instantOf(day.format('YYYY-MM-DD'), day.format('HH:mm'), timeZone);
    onChange?.(at ?? null);
  }
  return (
    <DatePicker
      {...picker}
      style={{ width }}
      format="YYYY-MM-DD HH:mm"
      showTime={{ format: 'HH:mm', minuteStep: 5, defaultOpenValue: dayjs('2000-01-01T09:00') }}
      needConfirm={false}
      value={value === null || value === undefined ? null : dayjs(format.dateTime(value))}
      onChange={pick}
    />
  );
}

export type DateRange = Readonly<{ from?: string; to?: string }>;

type DateRangeFieldProps = CommonProps &
  Readonly<{ value?: DateRange; onChange?: (value: DateRange) => void; autoFocus?: boolean }>;

/** A span of business dates; either end may be open. */
export function DateRangeField({ value, onChange, placeholder: _, id, width = 240, ...picker }: DateRangeFieldProps) {
  const t = useText();
  const today = useToday();
  return (
    <DatePicker.RangePicker
      {...picker}
      {...(id === undefined ? {} : { id: { start: id } })}
      style={{ width }}
      format={['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'M-D', 'M/D']}
      allowEmpty={[true, true]}
      placeholder={[t('common.from'), t('common.to')]}
      presets={dateRangePresets(today).map(({ key, from, to }) => ({
        label: t(`common.${key}`),
        value: [dayjs(from), dayjs(to)],
      }))}
      value={[value?.from ? dayjs(value.from) : null, value?.to ? dayjs(value.to) : null]}
      onChange={(days) => onChange?.(rangeOf(days))}
    />
  );
}

function rangeOf(days: readonly (Dayjs | null)[] | null): DateRange {
  const [from, to] = days ?? [];
  return { ...(from ? { from: from.format('YYYY-MM-DD') } : {}), ...(to ? { to: to.format('YYYY-MM-DD') } : {}) };
}

/** The station's business date now, by this computer's clock: for presets and defaults, never for what is saved. */
export function useToday(): string {
  const { timeZone } = useStationSettings();
  return useSyncExternalStore(everyMinute, () => businessDate(Date.now(), timeZone));
}

function everyMinute(look: () => void): () => void {
  const timer = setInterval(look, 60_000);
  return () => clearInterval(timer);
}

type PresetKey = 'today' | 'yesterday' | 'lastSevenDays' | 'thisWeek' | 'thisMonth' | 'lastMonth';

export function dateRangePresets(today: string): readonly Readonly<{ key: PresetKey; from: string; to: string }>[] {
  const day = dayjs(today);
  const iso = (at: Dayjs): string => at.format('YYYY-MM-DD');
  const monday = day.subtract((day.day() + 6) % 7, 'day');
  const lastMonth = day.subtract(1, 'month');
  return [
    { key: 'today', from: today, to: today },
    { key: 'yesterday', from: iso(day.subtract(1, 'day')), to: iso(day.subtract(1, 'day')) },
    { key: 'lastSevenDays', from: iso(day.subtract(6, 'day')), to: today },
    { key: 'thisWeek', from: iso(monday), to: iso(monday.add(6, 'day')) },
    { key: 'thisMonth', from: iso(day.startOf('month')), to: iso(day.endOf('month')) },
    { key: 'lastMonth', from: iso(lastMonth.startOf('month')), to: iso(lastMonth.endOf('month')) },
  ];
}
