import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { outstandingOf } from '#domain/stock/purchasing.ts';
import { codesOfParts } from '#db/repositories/part-search.ts';
import {
  documentsOfPurchase,
  linesOfPurchase,
  purchaseSheet,
  requestersOf,
  stepsOfPurchase,
} from '#db/repositories/purchases.ts';
import { id } from '../inputs.ts';
import { defineQuery } from '../operation.ts';

/** One order with its lines and what is outstanding of them, its receipts and returns, and who did what. */
export const purchase = defineQuery({
  name: 'purchases.get',
  right: 'purchase.view',
  input: z.object({ id: id() }),

  async run({ sql, actor, isOwnUnit }, input) {
    const sheet = await purchaseSheet(sql, input.id);
    if (!sheet) throw new DomainError('not-found', { entity: 'purchase', id: input.id });
    const lines = await linesOfPurchase(sql, input.id);
    const codes = await codesOfParts(
      sql,
      lines.map(({ partId }) => partId),
    );
    return {
      ...sheet,
      isOurs: isOwnUnit(sheet.unitId),
      isOwnRequest: (await requestersOf(sql, input.id)).includes(actor.employeeId),
      lines: lines.map((line) => ({
        ...line,
        outstanding: outstandingOf(line),
        codes: codes.get(line.partId) ?? [],
      })),
      documents: await documentsOfPurchase(sql, input.id),
      steps: await stepsOfPurchase(sql, input.id),
    };
  },
});
