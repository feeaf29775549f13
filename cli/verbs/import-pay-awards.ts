import { readFileSync } from 'node:fs';
import path from 'node:path';
import { businessDate } from '#domain/dates.ts';
import type { FieldFault } from '#domain/errors.ts';
import { operations, type OutputOf } from '#operations/index.ts';
import type { Environment } from '#operations/operation.ts';
import { AWARD_COLUMNS } from '#operations/payroll/award-rows.ts';
import { perform } from '#operations/perform.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { reasonOf } from '#server/import/refused-rows.ts';
import { EXIT, UsageError, type Cli, type Verb } from '../verb.ts';

type Checked = OutputOf<'payroll.checkAwards'>['rows'][number];

/** Gives people rewards and penalties by a table, all of its rows or none. */
export const importPayAwards: Verb = {
  name: 'import pay-awards',
  usage: 'FILE',
  help: 'importPayAwards',
  options: {},

  async run(cli) {
    const [file, ...others] = cli.positionals;
    if (file === undefined || others.length > 0) throw new UsageError(cli.t('cli.fileMissing'));
    const base64 = contentOf(cli, file);
    const { environment } = await cli.open();
    const name = path.basename(file);
    const request = { actor: COMMAND_LINE, commandId: '', input: { name, base64 } };
    const { rows } = (await perform(
      environment,
      operations['payroll.checkAwards'],
      request,
    )) as OutputOf<'payroll.checkAwards'>;
    const refused = rows.filter(({ faults }) => faults.length > 0);
    return refused.length > 0 ? refuse(cli, rows.length, refused) : give(cli, environment, name, rows);
  },
};

/** @throws UsageError */
function contentOf(cli: Cli, file: string): string {
  try {
    return readFileSync(file).toString('base64');
  } catch (error) {
    throw new UsageError(cli.t('cli.fileUnreadable', { file, reason: String((error as NodeJS.ErrnoException).code) }));
  }
}

function refuse(cli: Cli, read: number, refused: readonly Checked[]): number {
  const lineOf = (row: Checked) =>
    `${cli.t('common.line', { line: row.line })}: ${row.faults.map((fault) => faultOf(cli, row, fault)).join('; ')}`;
  const json = { read, imported: 0, unchanged: 0, refused: refused.map(({ line, faults }) => ({ line, faults })) };
  cli.answer(json, () =>
    [...refused.map(lineOf), cli.t('imports.nothingDone', { refused: refused.length })].join('\n'),
  );
  return EXIT.refused;
}

function faultOf(cli: Cli, row: Checked, fault: FieldFault): string {
  const column = AWARD_COLUMNS.find((name) => name === fault.path);
  const path = column === undefined ? '' : cli.t(`payroll.importing.columns.${column}`);
  return reasonOf({ ...fault, path, value: column === undefined ? '' : row[column] }, cli.t);
}

async function give(cli: Cli, environment: Environment, source: string, checked: readonly Checked[]): Promise<number> {
  const rows = checked.map(({ line, employee, item, amount, givenOn, reason }) => {
    return { line, employee, item, amount, givenOn, reason };
  });
  const counts = { read: rows.length, imported: 0, unchanged: 0, refused: 0 };
  const result = rows.length === 0 ? counts : { ...counts, ...(await imported(cli, environment, { source, rows })) };
  const before = checked.flatMap(({ line, before }) => (before ? [{ line, ...before }] : []));
  cli.answer({ ...result, refused: [], before }, () =>
    [...before.map((row) => beforeText(cli, environment, row)), cli.t('imports.done', result)].join('\n'),
  );
  return EXIT.ok;
}

type Before = NonNullable<Checked['before']> & Readonly<{ line: number }>;

function beforeText(cli: Cli, { station }: Environment, { line, importedAt, givenBy }: Before): string {
  const on = businessDate(importedAt, station.timeZone);
  return cli.t('imports.before', { line, on, by: givenBy ?? cli.t('payroll.importing.commandLine') });
}

async function imported(cli: Cli, environment: Environment, input: object): Promise<OutputOf<'payroll.importAwards'>> {
  const commandId = environment.newId();
  const request = { actor: COMMAND_LINE, commandId, input, signal: cli.signal };
  return (await perform(environment, operations['payroll.importAwards'], request)) as OutputOf<'payroll.importAwards'>;
}
