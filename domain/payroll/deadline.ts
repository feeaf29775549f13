import { shared } from './sharing.ts';
import type { Chooser } from './matching.ts';
import type { DeadlineRule, OtherEntry, PeriodOrder } from './types.ts';
import { workedBetween, workedBy, type WorkingCalendar } from './working-time.ts';

// Work that took longer than promised: by working time, less what was waited for.

const MINUTE = 60_000;

export type Deadline = Readonly<{ rule: DeadlineRule; dueAt: number | null; delay: number }>;

/** When the order was due, ms UTC, and how many ms of working time it was late; undefined where nothing was promised. */
export function deadlineOf(
  order: PeriodOrder,
  choose: Chooser<DeadlineRule>,
  calendar: WorkingCalendar | null,
): Deadline | undefined {
  const { startAt, doneAt, pauses, urgency, serviceMode } = order;
  if (startAt === null) return undefined;
  const rule = choose({ urgency, serviceMode }, order.completedOn);
  if (!rule) return undefined;
  const dueAt = workedBy(calendar, startAt, rule.limitMinutes * MINUTE, pauses);
  if (doneAt === null) return { rule, dueAt, delay: 0 };
  const elapsed = workedBetween(calendar, [startAt, doneAt], pauses);
  return { rule, dueAt, delay: Math.max(0, elapsed - (rule.limitMinutes + rule.graceMinutes) * MINUTE) };
}

/** Every unit of delay that was begun costs, up to the rule's limit; shared by the order's technicians. */
export function deadlineEntries(order: PeriodOrder, { rule, delay }: Deadline): OtherEntry[] {
  if (delay === 0) return [];
  const units = Math.ceil(delay / (rule.unitMinutes * MINUTE));
  const amount = Math.min(units * rule.amountPerUnit, rule.capAmount ?? Number.MAX_SAFE_INTEGER);
  return shared(order, 0 - amount, { kind: 'deadline', ruleId: rule.id, rateBp: null });
}
