import { DomainError } from '#domain/errors.ts';
import { itemByCode } from '#db/repositories/pay-awards.ts';
import type { Store } from '#db/store.ts';
import { operations } from '#operations/index.ts';
import type { Environment } from '#operations/operation.ts';
import { OLD_PART_ITEM } from '#operations/payroll/old-part-charges.ts';
import { perform } from '#operations/perform.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';

/**
 * Puts what the system itself punishes by on the list of rewards and penalties, so that it is at every station before it is
 * needed: a station can't add it. Head office may rename it or put it out of use.
 */
export async function provideOwnItems(environment: Environment, store: Store): Promise<void> {
  if (await store.read((sql) => itemByCode(sql, OLD_PART_ITEM.code))) return;
  const input = { existing: null, fields: OLD_PART_ITEM };
  try {
    await perform(environment, operations['payroll.saveItem'], {
      actor: COMMAND_LINE,
      commandId: environment.newId(),
      input,
    });
  } catch (error) {
    // Another process of the server, starting at the same time, was faster.
    if (!(error instanceof DomainError) || error.code !== 'value.taken') throw error;
  }
}
