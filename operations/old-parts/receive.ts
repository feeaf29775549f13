import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { allot } from '#domain/stock/old-parts.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { lockOldParts, openDebts } from '#db/repositories/old-parts.ts';
import { employeeById } from '#db/repositories/organisation.ts';
import { postStock } from '#db/repositories/stock.ts';
import type { UnitRow } from '#db/repositories/units.ts';
import { id, lots, optionalText, quantity } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { MAX_LINES } from '../stock/lines.ts';
import { enter } from './debts.ts';
import { oldPartsDocument } from './document.ts';

const taken = z
  .object({
    /** Into which they come: one for recovered parts. */
    warehouseId: id(),
    /** Who brings what he owes: an employee, or an outlet. */
    employeeId: id().nullable().default(null),
    unitId: id().nullable().default(null),
    lines: z
      .array(z.object({ partId: id(), quantity: quantity(), lots: lots() }))
      .min(1)
      .max(MAX_LINES),
    note: optionalText(500),
  })
  .refine(({ employeeId, unitId }) => (employeeId === null) !== (unitId === null), {
    path: ['employeeId'],
    params: { rule: 'required' },
  });

type Taken = z.output<typeof taken>;

/**
 * Old parts come back: into stock at no value, and off what their debtor owes, what is due first first. What he doesn't owe
 * is refused with its line.
 */
export const receiveOldParts = defineCommand({
  name: 'oldParts.receive',
  right: 'old-parts.receive',
  input: taken,

  async run(ctx, input) {
    const { warehouseId, lines, note } = input;
    const warehouse = await requireRow<{ kind: string }>(ctx.trx, 'warehouses', warehouseId, 'warehouse');
    if (warehouse.kind !== 'recovered-parts') throw fieldFault('warehouseId', 'notAllowed');
    const debtor = await debtorOf(ctx, input);
    await lockOldParts(ctx.trx, ctx.station.unitId);
    const { recipient } = debtor;
    const recipientId = input.employeeId ?? input.unitId;
    const written = { kind: 'recovery', issueKind: null, warehouseId, recipient, recipientId, note } as const;
    const document = await oldPartsDocument(ctx, written);
    for (const [index, line] of lines.entries()) await settle(ctx, debtor, line, { index, documentId: document.id });
    const postings = lines.map(
      (line, index) => ({ ...line, way: 'in', warehouseId, value: 0, price: 0, line: index + 1 }) as const,
    );
    await postStock(ctx.trx, ctx.newId, document, postings);
    const { id, number } = document;
    ctx.audit('recovered', 'stock-document', id, { after: { number, debtor: recipient, lines: lines.length } });
    return { id, number };
  },
});

type Bringer = Readonly<{ recipient: string; employeeId: string | null; toUnitId: string }>;

/** Also of somebody who has left. @throws DomainError `not-found` */
async function debtorOf(ctx: CommandContext, { employeeId, unitId }: Taken): Promise<Bringer> {
  if (employeeId === null) {
    const unit = await requireRow<UnitRow>(ctx.trx, 'units', unitId ?? '', 'unit');
    return { recipient: `${unit.code} ${unit.name}`.slice(0, 100), employeeId: null, toUnitId: unit.id };
  }
  const employee = await employeeById(ctx.trx, employeeId);
  if (!employee) throw new DomainError('not-found', { entity: 'employee', id: employeeId });
  const recipient = `${employee.number} ${employee.name}`.slice(0, 100);
  return { recipient, employeeId, toUnitId: ctx.station.unitId };
}

/** @throws DomainError `old-parts.not-owed {line, part}`, `old-parts.more-than-owed {line, part, open, quantity}` */
async function settle(
  ctx: CommandContext,
  { employeeId, toUnitId }: Bringer,
  { partId, quantity }: Taken['lines'][number],
  { index, documentId }: Readonly<{ index: number; documentId: string }>,
): Promise<void> {
  const { number: part } = await requireRow<{ number: string }>(ctx.trx, 'parts', partId, 'part');
  const debts = await openDebts(ctx.trx, { unitId: ctx.station.unitId, employeeId, toUnitId }, partId);
  const line = index + 1;
  if (debts.length === 0) throw new DomainError('old-parts.not-owed', { line, part });
  const open = debts.reduce((sum, debt) => sum + debt.open, 0);
  if (quantity > open) throw new DomainError('old-parts.more-than-owed', { line, part, open, quantity });
  for (const { debt, quantity: taken } of allot(debts, quantity))
    await enter(ctx, debt, { kind: 'returned', change: 0 - taken, documentId });
}
