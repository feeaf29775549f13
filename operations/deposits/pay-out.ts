import { depositOf, requireFree } from '#domain/stock/deposits.ts';
import { defineCommand } from '../operation.ts';
import { accountHere, payment } from './account-input.ts';
import { book } from './charging.ts';
import { depositToChange } from './standing.ts';

/** A deposit is paid back, as far as nothing blocks it. */
export const payDepositOut = defineCommand({
  name: 'deposits.payOut',
  right: 'deposit.manage',
  input: payment,

  async run(ctx, { amount, reason, ...whose }) {
    const account = await accountHere(ctx, whose);
    requireFree((await depositToChange(ctx, account)) ?? depositOf(0, 0), amount);
    const { id, number } = await book(ctx, account, { kind: 'pay-out', amount: 0 - amount, reason });
    return { id, number };
  },
});
