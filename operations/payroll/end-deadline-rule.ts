import { defineCommand } from '../operation.ts';
import { endInput, endRow } from './ending.ts';

/** Sets the last day of a deadline rule, or takes it away. */
export const endDeadlineRule = defineCommand({
  name: 'payroll.endDeadlineRule',
  right: 'payroll.rules',
  input: endInput,
  run: (ctx, input) => endRow(ctx, input, { table: 'deadline_rules', name: 'deadlineRule', entity: 'deadline-rule' }),
});
