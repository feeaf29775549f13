import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { proposedQuantity } from '#domain/stock/proposal.ts';
import { requireRow } from '#db/repositories/documents.ts';
import {
  openRequisitionsOf,
  transfersComingTo,
  transfersServing,
  usedParts,
  type OpenRequisition,
  type Serving,
} from '#db/repositories/requisitions.ts';
import { requisitionContent, transferContent } from '../handshakes/content.ts';
import { id } from '../inputs.ts';
import { defineQuery, type QueryContext } from '../operation.ts';
import { servedLines } from './progress.ts';

const WEEK = 7 * 24 * 3_600_000; // ms

/** What a warehouse should ask for: what the last weeks used or its limits want, less what there is, is on its way and was asked for already. */
export const proposeRequisition = defineQuery({
  name: 'requisitions.propose',
  right: 'requisition.plan',
  input: z.object({ warehouseId: id(), weeks: z.int().min(1).max(52).default(4) }),

  async run(ctx, { warehouseId, weeks }) {
    const warehouse = await requireRow<{ unitId: string }>(ctx.sql, 'warehouses', warehouseId, 'warehouse');
    if (warehouse.unitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
    const inTransit = await comingTo(ctx, warehouseId);
    const ordered = await orderedFor(ctx, warehouseId);
    const lines = (await usedParts(ctx.sql, warehouseId, ctx.now - weeks * WEEK)).map((part) => {
      const known = {
        ...part,
        used: Math.max(0, part.used),
        inTransit: inTransit.get(part.partId) ?? 0,
        ordered: ordered.get(part.partId) ?? 0,
      };
      return { ...known, quantity: proposedQuantity(known) };
    });
    return { lines: lines.filter(({ quantity }) => quantity > 0) };
  },
});

type ByPart = Map<string, number>;

function add(sums: ByPart, partId: string, quantity: number): void {
  sums.set(partId, (sums.get(partId) ?? 0) + quantity);
}

async function comingTo(ctx: QueryContext, warehouseId: string): Promise<ByPart> {
  const sums: ByPart = new Map();
  for (const transfer of await transfersComingTo(ctx.sql, ctx.station.unitId)) {
    const { to, lines } = transferContent(transfer);
    if (to.id === warehouseId) for (const { partId, quantity } of lines) add(sums, partId, quantity);
  }
  return sums;
}

async function orderedFor(ctx: QueryContext, warehouseId: string): Promise<ByPart> {
  const open = await openRequisitionsOf(ctx.sql, ctx.station.unitId);
  const servings = await transfersServing(
    ctx.sql,
    open.map(({ id }) => id),
  );
  const sums: ByPart = new Map();
  for (const requisition of open) {
    if (requisitionContent(requisition).to.id !== warehouseId) continue;
    for (const { partId, quantity } of stillToCome(requisition, servings)) add(sums, partId, quantity);
  }
  return sums;
}

/** All of it while it waits; then what is granted and not shipped. */
function stillToCome(requisition: OpenRequisition, servings: readonly Serving[]) {
  if (requisition.grantContent === null) return requisitionContent(requisition).lines;
  const own = servings.filter(({ forRequestId }) => forRequestId === requisition.id);
  const served = servedLines(requisition, { content: requisition.grantContent }, own);
  return served.map(({ partId, rest }) => ({ partId, quantity: rest.quantity }));
}
