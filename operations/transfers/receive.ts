import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { requireRow } from '#db/repositories/documents.ts';
import { requireToAnswer } from '../handshakes/answering.ts';
import { transferContent, type CountContent, type TransferContent } from '../handshakes/content.ts';
import { id, lots, optionalText } from '../inputs.ts';
import { fieldFault } from '../jobs/sheet-rules.ts';
import { defineCommand } from '../operation.ts';
import { MAX_LINES } from '../stock/lines.ts';
import { arrive } from './arrival.ts';

const MAX_COUNT = 1_000_000_000; // thousandths

const countedLine = z.object({
  /** Of the transfer, from 1. */
  line: z.int().min(1).max(MAX_LINES),
  /** Good pieces, thousandths; more than were shipped are noted and not taken into stock. */
  received: z.int().min(0).max(MAX_COUNT),
  /** Beside them. */
  damaged: z.int().min(0).max(MAX_COUNT).default(0),
  note: optionalText(200),
  /** Of the good pieces of a tracked part, if not all that left have arrived. */
  lots: lots(),
});

/**
 * The parts are here: they come into stock as they left the other unit's, piece by piece and fen by fen. Lines that were counted
 * otherwise come in as far as they are good; the shipper decides about the rest.
 */
export const receiveTransfer = defineCommand({
  name: 'transfers.receive',
  right: 'stock.receive',
  input: z.object({
    id: id(),
    /** The lines that aren't as they were shipped; left out, all are. */
    counted: z.array(countedLine).max(MAX_LINES).default([]),
  }),

  async run(ctx, { id, counted }) {
    const request = await requireToAnswer(ctx, 'transfer', id);
    const { to, lines } = transferContent(request);
    const warehouse = await requireRow<{ unitId: string }>(ctx.trx, 'warehouses', to.id, 'warehouse');
    if (warehouse.unitId !== ctx.station.unitId) throw new DomainError('document.of-another-unit');
    const { document, isDiffering } = await arrive(ctx, request, countOfAll(lines, counted));
    return {
      id: request.id,
      number: request.number,
      documentId: document.id,
      documentNumber: document.number,
      isDiffering,
    };
  },
});

type Counted = z.output<typeof countedLine>;

function countOfAll(lines: TransferContent['lines'], counted: readonly Counted[]): CountContent | null {
  if (counted.length === 0) return null;
  const byLine = new Map<number, Counted>();
  for (const [index, one] of counted.entries()) {
    if (one.line > lines.length || byLine.has(one.line)) throw fieldFault(`counted.${index}.line`, 'notAllowed');
    byLine.set(one.line, one);
  }
  return {
    lines: lines.map(({ quantity }, index) => {
      const { received = quantity, damaged = 0, note = '', lots = [] } = byLine.get(index + 1) ?? {};
      return { received, damaged, note, lots };
    }),
  };
}
