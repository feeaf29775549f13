import { defineCommand } from '../operation.ts';
import { accountHere, payment } from './account-input.ts';
import { book } from './charging.ts';
import { depositToChange } from './standing.ts';

/** An outlet or a technician pays a deposit to this unit. The first payment begins the account: from then on it is a limit. */
export const payDepositIn = defineCommand({
  name: 'deposits.payIn',
  right: 'deposit.manage',
  input: payment,

  async run(ctx, { amount, reason, ...whose }) {
    const account = await accountHere(ctx, whose);
    await depositToChange(ctx, account);
    const { id, number } = await book(ctx, account, { kind: 'pay-in', amount, reason });
    return { id, number };
  },
});
