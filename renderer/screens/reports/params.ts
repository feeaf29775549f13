import { addDays } from '#domain/dates.ts';
import type { Report } from './ReportsScreen.tsx';

export type Params = Readonly<Record<string, string | null>>;

/** What a screen starts with: the current month where a report has a period. */
export function initialParams({ params }: Report, today: string): Params {
  const suggested: Record<string, string> = {};
  for (const param of params) {
    if (param.type !== 'date' || param.initially === undefined) continue;
    suggested[param.name] = param.initially === 'first-of-month' ? `${today.slice(0, 7)}-01` : lastOfMonth(today);
  }
  return suggested;
}

export function isSame(a: Params, b: Params): boolean {
  return [...Object.keys(a), ...Object.keys(b)].every((name) => (a[name] ?? null) === (b[name] ?? null));
}

function lastOfMonth(today: string): string {
  const inNextMonth = addDays(`${today.slice(0, 7)}-01`, 31);
  return addDays(`${inNextMonth.slice(0, 7)}-01`, -1);
}

// Within one sign-in and day: back on a report, one asks what one asked.
const remembered = new Map<string, Params>();

export const rememberedParams = (id: string): Params | undefined => remembered.get(id);

export function rememberParams(id: string, params: Params): void {
  remembered.set(id, params);
}
