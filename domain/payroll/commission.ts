import { applyRate, requireWhole } from '../money.ts';
import { lineAmount, ONE_PIECE } from '../quantity.ts';
import { labourBase, orderFigures, partBase, type OrderFigures } from './bases.ts';
import { bestRule, type PayFacts, type RankedRules } from './matching.ts';
import { splitAmong } from './sharing.ts';
import type { AmountRule, PayEmployee, PayEntry, PayFamily, PayOrder, PayRule, PayShare, RateRule } from './types.ts';

/** Something that is paid for: a labour line, a sold part, or the job as a whole. */
type Piece = Readonly<{
  family: PayFamily;
  line: number | null;
  workType: string | null;
  units: number;
  technicians: readonly PayShare[];
  rateBase: (rule: RateRule) => number;
}>;

/**
 * What an order earns its technicians, each entry with what it was computed from. No rule for a piece and technician: no
 * entry. The sequence of technicians, rules and employees does not matter: entries come by labour lines, part lines,
 * job, and within each by employee number. A technician not among the employees has no grade and no unit.
 * @throws DomainError `pay.shares-not-100-percent`, also where no rule would have paid
 */
export function commissionEntries(
  order: PayOrder,
  rules: RankedRules,
  employees: ReadonlyMap<string, PayEmployee>,
): PayEntry[] {
  return piecesOf(order, orderFigures(order)).flatMap((piece) => {
    const ofFamily = rules[piece.family];
    const byNumber = piece.technicians.toSorted((a, b) => (a.employee < b.employee ? -1 : 1));
    return byNumber.flatMap((technician) => {
      const facts = factsOf(order, piece, technician.employee, employees);
      const rule = bestRule(ofFamily, facts, order.completedOn);
      return rule ? [entryFor(order, piece, technician, rule)] : [];
    });
  });
}

/** The technicians of a labour line: its own or else the order's. */
export function techniciansOf(
  order: Pick<PayOrder, 'technicians'>,
  line: Readonly<{ technicians: readonly PayShare[] }>,
): readonly PayShare[] {
  return line.technicians.length > 0 ? line.technicians : order.technicians;
}

function piecesOf(order: PayOrder, figures: OrderFigures): Piece[] {
  const pieces = [...labourPieces(order, figures), ...partPieces(order, figures), jobPiece(order)];
  const worked = pieces.filter((piece) => piece.technicians.length > 0);
  for (const { technicians } of worked) {
    requireWhole(technicians.map(({ employee, shareBp }) => ({ key: employee, shareBp })));
  }
  return worked;
}

function labourPieces(order: PayOrder, figures: OrderFigures): Piece[] {
  return figures.labour.flatMap((ofLine, index) => {
    const line = order.labour[index];
    if (!line) return [];
    const { workType, units } = line;
    const technicians = techniciansOf(order, line);
    return [
      { family: 'labour', line: index, workType, units, technicians, rateBase: (rule) => labourBase(ofLine, rule) },
    ];
  });
}

/** Parts the customer does not pay earn nothing. */
function partPieces(order: PayOrder, figures: OrderFigures): Piece[] {
  return figures.parts.flatMap((ofLine, index) => {
    const soldBy = order.parts[index]?.soldBy ?? null;
    if (!ofLine) return [];
    const technicians = soldBy === null ? order.technicians : [{ employee: soldBy, shareBp: 10_000 }];
    return [
      {
        family: 'parts',
        line: index,
        workType: null,
        units: ONE_PIECE,
        technicians,
        rateBase: (rule) => partBase(ofLine, rule),
      },
    ];
  });
}

function jobPiece(order: PayOrder): Piece {
  const { technicians } = order;
  return { family: 'job', line: null, workType: null, units: ONE_PIECE, technicians, rateBase: () => 0 };
}

function factsOf(order: PayOrder, piece: Piece, number: string, employees: ReadonlyMap<string, PayEmployee>): PayFacts {
  const employee = employees.get(number);
  return {
    employee: number,
    grade: employee?.grade ?? null,
    unit: employee?.unit ?? null,
    workType: piece.workType,
    productCategory: order.productCategory,
    warrantyClass: order.warrantyClass,
    serviceMode: order.serviceMode,
  };
}

function entryFor(order: PayOrder, piece: Piece, technician: PayShare, rule: PayRule): PayEntry {
  const { base, rateBp, unitAmount } = workings(piece, rule);
  const share = splitAmong(base, piece.technicians).get(technician.employee) ?? 0;
  const earned = rateBp === null ? share : applyRate(share, rateBp);
  const amount = rule.capAmount === null ? earned : Math.min(earned, rule.capAmount);
  return {
    kind: 'commission',
    family: piece.family,
    component: rule.component,
    ruleId: rule.id,
    orderId: order.id,
    line: piece.line,
    employee: technician.employee,
    base,
    shareBp: technician.shareBp,
    share,
    rateBp,
    unitAmount,
    units: rule.component === 'per_unit' ? piece.units : null,
    capped: amount !== earned,
    amount,
  };
}

function workings(piece: Piece, rule: PayRule): Pick<PayEntry, 'base' | 'rateBp' | 'unitAmount'> {
  if (isAmountRule(rule)) {
    return { base: lineAmount(piece.units, rule.amount), rateBp: null, unitAmount: rule.amount };
  }
  return { base: piece.rateBase(rule), rateBp: rule.rateBp, unitAmount: null };
}

function isAmountRule(rule: PayRule): rule is AmountRule {
  return rule.component === 'per_unit' || rule.component === 'per_job';
}
