import { z } from 'zod';
import { requireRight } from '#domain/access/actor.ts';
import { DomainError } from '#domain/errors.ts';
import {
  BUYERS,
  classOfIssue,
  isPriceFree,
  ISSUE_KINDS,
  needsRecipient,
  owesOldParts,
  RIGHT_TO_ISSUE,
  usualIssuePrice,
} from '#domain/stock/issues.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { pricesFor } from '#db/repositories/part-lists.ts';
import type { PartRow } from '#db/repositories/parts.ts';
import { postStock, type StockDocument } from '#db/repositories/stock.ts';
import { stockOfTechnician } from '#db/repositories/technician-stock.ts';
import { id, lots, money, optionalText, quantity } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { oweOldParts } from '../old-parts/debts.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { shipGoods } from '../transfers/shipment.ts';
import { partiesOf, type Parties } from './issue-parties.ts';
import { levelOf } from './level.ts';
import { amountFits, MAX_LINES, TOO_BIG, totalOf } from './lines.ts';

const issueLine = z
  .object({
    partId: id(),
    quantity: quantity(),
    /** Fen for one; null: what this kind of issue usually costs. */
    price: money().nullable().default(null),
    /** Of a batch, left out: the oldest. */
    lots: lots(),
  })
  .refine(({ quantity, price }) => amountFits({ quantity, price: price ?? 0 }), TOO_BIG);

const issue = z
  .object({
    kind: z.enum(ISSUE_KINDS),
    warehouseId: id(),
    /** Who gets it: needed where it goes to somebody of ours, for whom it then lies. */
    recipient: optionalText(100),
    /** The employee, or the outlet, that gets it, and owes the old parts. */
    recipientId: id().nullable().default(null),
    /** Of parts for work: the order, whose technician owes the old parts. */
    workOrderId: id().nullable().default(null),
    /** Of a counter sale. */
    customerClass: z.enum(BUYERS).default('person'),
    note: optionalText(500),
    /** Why a technician gets more than his deposit covers. */
    exceed: optionalText(200),
    lines: z.array(issueLine).min(1).max(MAX_LINES),
  })
  .refine(({ kind, recipient, recipientId }) => !needsRecipient(kind) || recipient !== '' || recipientId !== null, {
    path: ['recipient'],
    params: { rule: 'required' },
  });

type Issue = z.output<typeof issue>;
type IssueLine = Readonly<{ partId: string; quantity: number; price: number; lots: Issue['lines'][number]['lots'] }>;

/**
 * Parts leave a warehouse at the average cost of the moment, never more than there are, for one of six reasons. What a
 * technician gets lies in his own stock, if he keeps one, and blocks his deposit, if he has one. Old parts that must come back are owed from then on.
 */
export const issueStock = defineCommand({
  name: 'stock.issue',
  right: 'stock.issue',
  input: issue,

  async run(ctx, input) {
    requireRight(ctx.actor, RIGHT_TO_ISSUE[input.kind]);
    await requireRow(ctx.trx, 'warehouses', input.warehouseId, 'warehouse');
    const parties = await partiesOf(ctx, input);
    const lines = await pricedLines(ctx, input);
    const { document, values } = await leave(ctx, input, parties, lines);
    const cost = values.reduce((sum, value) => sum + value, 0);
    const { id, number } = document;
    const total = totalOf(lines);
    ctx.audit('issued', 'stock-document', id, {
      after: { number, kind: input.kind, lines: lines.length, cost, total },
    });
    return { id, number, cost, total };
  },
});

/** @throws DomainError `not-found`, `stock.price-needs-right {line, part, price}` */
async function pricedLines(ctx: CommandContext, { kind, customerClass, lines }: Issue): Promise<IssueLine[]> {
  const asked = { level: await levelOf(ctx.trx, ctx.station), customerClass: classOfIssue(kind, customerClass) };
  const prices = await pricesFor(
    ctx.trx,
    lines.map(({ partId }) => partId),
    asked,
  );
  const priced: IssueLine[] = [];
  for (const [index, line] of lines.entries()) {
    const part = await requireRow<PartRow>(ctx.trx, 'parts', line.partId, 'part');
    const classPrice = prices.get(part.id) ?? null;
    const usual = usualIssuePrice(kind, { price: classPrice ?? part.salePrice, classPrice });
    const price = line.price ?? usual;
    if (!isPriceFree(kind, usual, price) && !ctx.actor.rights.has('stock.price'))
      throw new DomainError('stock.price-needs-right', { line: index + 1, part: part.number, price: usual });
    if (!amountFits({ quantity: line.quantity, price })) throw fieldFault(`lines.${index}.price`, 'tooBig');
    priced.push({ ...line, price });
  }
  return priced;
}

type Left = Readonly<{ document: StockDocument; values: readonly number[] }>;

async function leave(ctx: CommandContext, input: Issue, parties: Parties, lines: readonly IssueLine[]): Promise<Left> {
  const { kind, warehouseId, note, exceed } = input;
  const stockId =
    kind === 'to-technician' && parties.recipientId !== null
      ? await stockOfTechnician(ctx.trx, parties.recipientId)
      : undefined;
  // Into a warehouse of ours nothing is used yet: the old part is owed when it is drawn from there.
  if (stockId !== undefined)
    return shipGoods(ctx, {
      fromWarehouseId: warehouseId,
      toWarehouseId: stockId,
      lines,
      note,
      issueKind: kind,
      exceed,
    });
  const document = await issueDocument(ctx, input, parties);
  const postings = lines.map((line, index) => ({ ...line, way: 'out', warehouseId, line: index + 1 }) as const);
  const values = await postStock(ctx.trx, ctx.newId, document, postings);
  if (owesOldParts(kind)) await oweOldParts(ctx, document, parties.debtor);
  return { document, values };
}

async function issueDocument(
  ctx: CommandContext,
  { kind, warehouseId, workOrderId, customerClass, note }: Issue,
  { recipient, recipientId }: Parties,
): Promise<StockDocument> {
  return {
    id: ctx.newId(),
    unitId: ctx.station.unitId,
    number: await ctx.nextNumber('IS'),
    kind: 'issue',
    issueKind: kind,
    warehouseId,
    supplierId: null,
    workOrderId,
    recipient,
    recipientId,
    customerClass: kind === 'counter-sale' ? customerClass : null,
    note,
    movedOn: ctx.today,
    at: ctx.now,
    employeeId: ctx.actor.employeeId,
    reversesId: null,
  };
}
