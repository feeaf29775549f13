import { applyRate, WHOLE_BP } from '../money.ts';
import { lineAmount, ONE_PIECE } from '../quantity.ts';
import { labourBase, orderFigures, partBase, type LabourFigures, type PartFigures } from './bases.ts';
import type { Chooser, PayFacts, RulesByFamily } from './matching.ts';
import { partsOf, teamOf, type Team } from './sharing.ts';
import type { AmountRule, PayEmployee, PayEntry, PayOrder, PayRule, PayShare } from './types.ts';

/** Something that is paid for: a labour line, a sold part, or the job as a whole. */
type Piece = Readonly<{ line: number | null; workType: string | null; units: number; team: Team }> &
  (
    | Readonly<{ family: 'labour'; figures: LabourFigures }>
    | Readonly<{ family: 'parts'; figures: PartFigures }>
    | Readonly<{ family: 'job' }>
  );

/**
 * What an order earns its technicians, each entry with what it was computed from. No rule for a piece and technician: no
 * entry. The sequence of technicians, rules and employees does not matter: entries come by labour lines, part lines,
 * job, and within each by employee number. A technician not among the employees has no grade and no unit.
 * @throws DomainError `pay.shares-not-100-percent`, also where no rule would have paid
 */
export function commissionEntries(
  order: PayOrder,
  rules: RulesByFamily,
  employees: ReadonlyMap<string, PayEmployee>,
): PayEntry[] {
  const { productCategory, warrantyClass, serviceMode } = order;
  const ofOrder = { productCategory, warrantyClass, serviceMode, workType: null };
  const pay: Pay = { order, employees, entries: [], facts: { ...ofOrder, employee: null, grade: null, unit: null } };
  for (const piece of piecesOf(order)) earn(pay, piece, rules[piece.family]);
  return pay.entries;
}

/** `facts`: filled in for one piece and technician after the other, since a month has millions of them. */
type Pay = Readonly<{
  order: PayOrder;
  employees: ReadonlyMap<string, PayEmployee>;
  facts: { -readonly [Fact in keyof PayFacts]: PayFacts[Fact] };
  entries: PayEntry[];
}>;

/** The technicians of a labour line: its own or else the order's. */
export function techniciansOf(
  order: Pick<PayOrder, 'technicians'>,
  line: Readonly<{ technicians: readonly PayShare[] }>,
): readonly PayShare[] {
  return line.technicians.length > 0 ? line.technicians : order.technicians;
}

/** Parts the customer does not pay earn nothing. */
function piecesOf(order: PayOrder): Piece[] {
  const ofOrder = teamOf(order.technicians);
  const { labour, parts } = orderFigures(order);
  const pieces: Piece[] = [];
  for (const [line, figures] of labour.entries()) {
    const { workType = null, units = ONE_PIECE, technicians = [] } = order.labour[line] ?? {};
    const team = technicians.length > 0 ? teamOf(technicians) : ofOrder;
    pieces.push({ family: 'labour', line, workType, units, team, figures });
  }
  for (const [line, figures] of parts.entries()) {
    const soldBy = order.parts[line]?.soldBy ?? null;
    const team = soldBy === null ? ofOrder : teamOf([{ employee: soldBy, shareBp: WHOLE_BP }]);
    if (figures !== null) pieces.push({ family: 'parts', line, workType: null, units: ONE_PIECE, team, figures });
  }
  pieces.push({ family: 'job', line: null, workType: null, units: ONE_PIECE, team: ofOrder });
  return pieces;
}

/** Adds an entry for each of the team for whom there is a rule. */
function earn({ order, employees, facts, entries }: Pay, piece: Piece, choose: Chooser<PayRule>): void {
  let base: number | null = null;
  let parts: readonly number[] = [];
  facts.workType = piece.workType;
  for (const [place, technician] of piece.team.members.entries()) {
    const employee = employees.get(technician.employee);
    facts.employee = technician.employee;
    facts.grade = employee?.grade ?? null;
    facts.unit = employee?.unit ?? null;
    const rule = choose(facts, order.completedOn);
    if (!rule) continue;
    const ofRule = baseOf(piece, rule);
    // Mostly one rule pays the whole team.
    if (ofRule !== base) parts = partsOf(ofRule, piece.team);
    base = ofRule;
    entries.push(entryFor(order, piece, technician, rule, base, parts[place] ?? 0));
  }
}

function entryFor(
  order: PayOrder,
  piece: Piece,
  { employee, shareBp }: PayShare,
  rule: PayRule,
  base: number,
  share: number,
): PayEntry {
  const rateBp = isAmountRule(rule) ? null : rule.rateBp;
  const earned = rateBp === null ? share : applyRate(share, rateBp);
  const amount = rule.capAmount === null ? earned : Math.min(earned, rule.capAmount);
  return {
    kind: 'commission',
    family: piece.family,
    component: rule.component,
    ruleId: rule.id,
    orderId: order.id,
    line: piece.line,
    employee,
    base,
    shareBp,
    share,
    rateBp,
    unitAmount: isAmountRule(rule) ? rule.amount : null,
    units: rule.component === 'per_unit' ? piece.units : null,
    capped: amount !== earned,
    amount,
  };
}

/** What the team shares: the rule's amount (× units), or what its rate is taken of. */
function baseOf(piece: Piece, rule: PayRule): number {
  if (isAmountRule(rule)) return lineAmount(piece.units, rule.amount);
  if (piece.family === 'job') return 0;
  return piece.family === 'labour' ? labourBase(piece.figures, rule) : partBase(piece.figures, rule);
}

function isAmountRule(rule: PayRule): rule is AmountRule {
  return rule.component === 'per_unit' || rule.component === 'per_job';
}
