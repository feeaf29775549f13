import { DomainError } from '#domain/errors.ts';
import { OLD_PART_CODE } from '#domain/payroll/items.ts';
import { isLinked } from '#db/repositories/installation.ts';
import {
  chargedOldParts,
  insertItem,
  itemByCode,
  markWithdrawn,
  undoneCharges,
  type PayItemRow,
} from '#db/repositories/pay-awards.ts';
import type { PayPeriod } from '#db/repositories/payslips.ts';
import type { PayTerms } from '#db/repositories/pay-terms.ts';
import type { CommandContext } from '../operation.ts';
import { keepAward } from './give-award.ts';
import { refreshAward } from './refresh.ts';

/** Every charge says its own amount; the item's is never used. Head office may give it another name. */
export const OLD_PART_ITEM = {
  code: OLD_PART_CODE,
  name: OLD_PART_CODE,
  category: 'completion',
  kind: 'penalty',
  amount: 1,
  rateBp: null,
  isActive: true,
} as const;

/**
 * Old parts that somebody was charged for by the period's last day become penalties of his, once each; a charge that was taken back
 * since takes its penalty with it. One that somebody withdrew by hand isn't given again.
 * @throws DomainError `pay-item.missing {code}` at a station that hasn't had it from head office yet
 */
export async function takeOldParts(ctx: CommandContext, period: PayPeriod, terms: PayTerms): Promise<void> {
  for (const { id, version, reason } of await undoneCharges(ctx.trx, period.unitId)) {
    await markWithdrawn(ctx.trx, id, version, reason);
    await refreshAward(ctx, id);
  }
  if (terms.off.includes('old-parts')) return;
  const charged = await chargedOldParts(ctx.trx, period.unitId, period.toOn);
  if (charged.length === 0) return;
  const item = await oldPartItem(ctx);
  if (!item.isActive) return;
  for (const { id: sourceId, employeeId, amount, number, part, enteredOn: givenOn } of charged) {
    const of = { itemId: item.id, workOrderId: null, employeeId, amount, givenOn };
    await keepAward(ctx, { ...of, reason: `${number} ${part}`, source: 'old-part', sourceId });
  }
}

async function oldPartItem(ctx: CommandContext): Promise<PayItemRow> {
  const known = await itemByCode(ctx.trx, OLD_PART_ITEM.code);
  if (known) return known;
  if (await isLinked(ctx.trx)) throw new DomainError('pay-item.missing', { code: OLD_PART_ITEM.code });
  const item: PayItemRow = {
    id: ctx.newId(),
    unitId: ctx.station.unitId,
    ...OLD_PART_ITEM,
    version: 1,
    createdAt: ctx.now,
  };
  await insertItem(ctx.trx, item);
  return item;
}
