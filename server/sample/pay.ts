import { addDays, businessDate } from '#domain/dates.ts';
import { whenOpen } from './agenda.ts';
import type { Sample } from './sample.ts';
import type { SetUp } from './set-up.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;

/**
 * Calendar months from `start` to `end` (ms UTC): those that are over are paid, the present one is open. Every week somebody is
 * rewarded and somebody punished.
 */
export function planPay(sample: Sample, base: SetUp, start: number, end: number): void {
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
  for (let week = 1; start + week * WEEK < end - DAY; week++)
    sample.agenda.plan(whenOpen(start + week * WEEK), () => award(sample, base, week));
}

async function payMonth(sample: Sample, month: { from: string; to: string }): Promise<void> {
  const opened = await sample.run('F01', 'payroll.openPeriod', month);
  const calculated = await sample.run('F01', 'payroll.calculate', { periodId: opened.id, version: opened.version });
  const reviewed = await sample.run('F01', 'payroll.review', { periodId: opened.id, version: calculated.version });
  const locked = await sample.run('F01', 'payroll.lock', { periodId: opened.id, version: reviewed.version });
  await sample.run('F01', 'payroll.markPaid', { periodId: opened.id, version: locked.version });
}

const REWARDS = [
  ['ITEM-THANKS', '客户来电表扬，态度耐心'],
  ['ITEM-SKILL', '三次返修的主板故障一次修好'],
] as const;
const PENALTIES = [
  ['ITEM-LATE', '上门迟到四十分钟，客户来电催促'],
  ['ITEM-TIDY', '客户反映包装与水渍未清理'],
] as const;

/** Every other penalty is appealed against. */
async function award(sample: Sample, base: SetUp, week: number): Promise<void> {
  const { random } = sample;
  const given = async (technician: string, [code, reason]: readonly [string, string]) =>
    sample.run('M01', 'payroll.giveAward', {
      itemId: base.itemIds.get(code) ?? '',
      employeeId: base.employeeIds.get(technician) ?? '',
      reason,
    });
  await given(random.pick(['T01', 'T02']), random.pick(REWARDS));
  const technician = random.pick(['T03', 'T04']);
  await given(technician, random.pick(PENALTIES));
  if (week % 2 === 0) sample.agenda.plan(whenOpen(sample.clock.now + DAY), () => objectTo(sample, technician));
}

/** The technician appeals against what was taken last; the last of these appeals are left for whoever opens the sample. */
async function objectTo(sample: Sample, technician: string): Promise<void> {
  const { rows } = await sample.run(technician, 'payroll.ownDeductions', {});
  const last = rows.find(({ kind, appealState }) => kind === 'penalty' && appealState === null);
  if (last === undefined) return;
  const reason = '当天前一单延误，已提前电话告知客户';
  const { id, version } = await sample.run(technician, 'payroll.appeal', { entryId: last.entryId, reason });
  if (sample.clock.now > sample.until - 2 * WEEK) return;
  const decision = sample.random.chance(0.5) ? 'granted' : 'refused';
  sample.agenda.plan(whenOpen(sample.clock.now + 2 * DAY), async () => {
    await sample.run('M01', 'payroll.decideAppeal', { id, version, decision, reason: '已与客户核实' });
  });
}
