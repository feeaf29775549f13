import { readFileSync } from 'node:fs';
import { calculatePay } from '#domain/payroll/calculate.ts';
import type { AnyPayEntry, PayResult } from '#domain/payroll/types.ts';
import { parseScenario } from '#operations/payroll/scenario.ts';
import { EXIT, UsageError, type Verb } from '../verb.ts';

/** Works out the pay of a scenario in a file, with the code that pays in earnest; opens no database. */
export const payrollSimulate: Verb = {
  name: 'payroll simulate',
  usage: '--file SCENARIO.json',
  help: 'payrollSimulate',
  options: { file: { type: 'string' } },
  async run(cli) {
    const file = cli.values['file'];
    if (typeof file !== 'string') throw new UsageError(cli.t('cli.optionMissing', { option: '--file' }));
    cli.print(JSON.stringify(resultOf(calculatePay(parseScenario(contentOf(file, cli.t))))));
    return EXIT.ok;
  },
};

type Words = Parameters<Verb['run']>[0]['t'];

/** @throws UsageError for a file that cannot be read or is no JSON */
function contentOf(file: string, t: Words): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(t('cli.fileUnreadable', { file, reason: String((error as NodeJS.ErrnoException).code) }));
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(t('cli.notJson', { file, reason: error instanceof Error ? error.message : String(error) }));
  }
}

function resultOf({ payslips, orders }: PayResult) {
  return {
    payslips: payslips.map(({ entries, ...figures }) => ({ ...figures, entries: entries.map(entryOf) })),
    orders: orders.map(({ id, dueAt }) => ({ id, dueAt: instantText(dueAt) })),
  };
}

/** Whole seconds without decimals, as scenarios write them. */
const instantText = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

function entryOf(entry: AnyPayEntry) {
  const { kind, ruleId, orderId, base, share, shareBp, rateBp, amount } = entry;
  const named = kind === 'reward' || kind === 'penalty' ? { item: ruleId } : { rule: ruleId };
  const line = entry.kind === 'commission' ? lineOf(entry) : { line: null };
  return { kind, ...named, order: orderId, ...line, base, shareBp, share, rate: rateBp, amount };
}

function lineOf({ family, line, component, unitAmount, units, capped }: Extract<AnyPayEntry, { kind: 'commission' }>) {
  return { family, component, line: line === null ? null : line + 1, unitAmount, units, capped };
}
