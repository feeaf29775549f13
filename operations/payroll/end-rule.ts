import { defineCommand } from '../operation.ts';
import { endInput, endRow } from './ending.ts';

/** Sets the last day of a commission rule, or takes it away. */
export const endRule = defineCommand({
  name: 'payroll.endRule',
  right: 'payroll.rules',
  input: endInput,
  run: (ctx, input) =>
    endRow(ctx, input, { table: 'commission_rules', name: 'commissionRule', entity: 'commission-rule' }),
});
