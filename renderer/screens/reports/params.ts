import { addDays } from '#domain/dates.ts';
import type { Report } from './ReportsScreen.tsx';

export type Params = Readonly<Record<string, string | null>>;

/** What a screen starts with: the current month where a report has a period. */
export function initialParams({ params }: Report, today: string): Params {
  const suggested: Record<string, string> = {};
  for (const param of params) if (param.type === 'date') suggested[param.name] = dayOf(param.initially, today);
  return suggested;
}

function dayOf(day: Extract<Report['params'][number], { type: 'date' }>['initially'], today: string): string {
  const first = firstOfMonth(today);
  if (day === 'first-of-month') return first;
  if (day === 'first-of-last-month') return firstOfMonth(addDays(first, -1));
  return addDays(firstOfMonth(addDays(first, 31)), -1);
}

const firstOfMonth = (date: string): string => `${date.slice(0, 7)}-01`;

export function isSame(a: Params, b: Params): boolean {
  return [...Object.keys(a), ...Object.keys(b)].every((name) => (a[name] ?? null) === (b[name] ?? null));
}

// Within one sign-in and day: back on a report, one asks what one asked.
const remembered = new Map<string, Params>();

export const rememberedParams = (id: string): Params | undefined => remembered.get(id);

export function rememberParams(id: string, params: Params): void {
  remembered.set(id, params);
}
