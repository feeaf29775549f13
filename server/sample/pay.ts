import { addDays, businessDate } from '#domain/dates.ts';
import { whenOpen } from './agenda.ts';
import type { Sample } from './sample.ts';

const DAY = 86_400_000;

/** Calendar months from `start` to `end` (ms UTC): those that are over are paid, the present one is open. */
export function planPay(sample: Sample, start: number, end: number): void {
  const { timeZone } = sample.environment.station;
  let from = `${businessDate(start, timeZone).slice(0, 7)}-01`;
  while (from <= businessDate(end, timeZone)) {
    const next = `${addDays(from, 32).slice(0, 7)}-01`;
    const month = { from, to: addDays(next, -1) };
    const after = whenOpen(Date.parse(`${next}T00:00:00Z`) + DAY);
    if (after <= end) sample.agenda.plan(after, () => payMonth(sample, month));
    else sample.agenda.plan(end - 3_600_000, async () => void (await sample.run('F01', 'payroll.openPeriod', month)));
    from = next;
  }
}

async function payMonth(sample: Sample, month: { from: string; to: string }): Promise<void> {
  const opened = await sample.run('F01', 'payroll.openPeriod', month);
  const calculated = await sample.run('F01', 'payroll.calculate', { periodId: opened.id, version: opened.version });
  const reviewed = await sample.run('F01', 'payroll.review', { periodId: opened.id, version: calculated.version });
  const locked = await sample.run('F01', 'payroll.lock', { periodId: opened.id, version: reviewed.version });
  await sample.run('F01', 'payroll.markPaid', { periodId: opened.id, version: locked.version });
}
