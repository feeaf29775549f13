import { requireWhole, splitInTurn } from '../money.ts';
import type { OtherEntry, PayOrder, PayShare } from './types.ts';

/** Who shares an amount, by employee number: what is left over by rounding goes to the lower one. */
export type Team = Readonly<{ members: readonly PayShare[]; sharesBp: readonly number[] }>;

/** @throws DomainError `pay.shares-not-100-percent`, unless it is nobody */
export function teamOf(technicians: readonly PayShare[]): Team {
  const members = isByNumber(technicians)
    ? technicians
    : technicians.toSorted((a, b) => (a.employee < b.employee ? -1 : 1));
  const sharesBp = members.map(({ shareBp }) => shareBp);
  if (members.length > 0) requireWhole(sharesBp);
  return { members, sharesBp };
}

function isByNumber(technicians: readonly PayShare[]): boolean {
  for (let i = 1; i < technicians.length; i++)
    if ((technicians[i - 1]?.employee ?? '') > (technicians[i]?.employee ?? '')) return false;
  return true;
}

/** What each member of a team gets of an amount, in their sequence; exactly, so that the parts add up to it. */
export const partsOf = (amount: number, team: Team): readonly number[] => splitInTurn(amount, team.sharesBp);

type Reason = Pick<OtherEntry, 'kind' | 'ruleId' | 'rateBp'>;

/** An amount of an order, shared by its technicians: an entry for each, by employee number. */
export function shared(order: PayOrder, amount: number, reason: Reason): OtherEntry[] {
  const { id: orderId, technicians } = order;
  if (amount === 0 || technicians.length === 0) return [];
  const team = teamOf(technicians);
  const parts = partsOf(amount, team);
  return team.members.map(({ employee, shareBp }, index) => {
    const share = parts[index] ?? 0;
    return { ...reason, employee, orderId, base: amount, shareBp, share, amount: share };
  });
}
