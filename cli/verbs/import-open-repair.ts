import path from 'node:path';
import { DomainError } from '#domain/errors.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import {
  added,
  importOpenRepair,
  NOTHING,
  openRepairFile,
  type ImportCounts,
  type ImportProgress,
  type OpenRepairFile,
} from '#server/import/open-repair.ts';
import { refusedRowsFile } from '#server/import/refused-rows.ts';
import { openOrCreateCompany } from '../company.ts';
import { EXIT, UsageError, type Cli, type Verb } from '../verb.ts';

type FileResult = ImportCounts & Readonly<{ refusedFile?: string }>;

/** Imports files of the Open Repair data format. */
export const importOpenRepairFiles: Verb = {
  name: 'import open-repair',
  usage: 'FILE … [--strict]',
  help: 'importOpenRepair',
  options: { strict: { type: 'boolean' } },

  async run(cli) {
    if (cli.positionals.length === 0) throw new UsageError(cli.t('cli.fileMissing'));
    // All are looked at before the first is imported, so that a mistyped name leaves nothing half done.
    const files: OpenRepairFile[] = [];
    for (const name of cli.positionals) files.push(await checked(cli, name));
    const { environment } = await openOrCreateCompany(cli);

    const results: (FileResult & { file: string })[] = [];
    for (const file of files) {
      if (cli.signal.aborted) break;
      results.push({ file: file.name, ...(await importFile(cli, environment, file)) });
    }
    answer(cli, results);
    if (cli.signal.aborted) {
      cli.say(cli.t('imports.stopped'));
      return EXIT.cancelled;
    }
    return cli.values['strict'] && results.some((result) => result.refused > 0) ? EXIT.refused : EXIT.ok;
  },
};

async function checked(cli: Cli, name: string): Promise<OpenRepairFile> {
  try {
    return await openRepairFile(name);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new UsageError(cli.t(`errors.${error.code}`, error.details as Record<string, string>));
  }
}

type Opened = Awaited<ReturnType<Cli['open']>>;

async function importFile(cli: Cli, environment: Opened['environment'], file: OpenRepairFile): Promise<FileResult> {
  const refusedRows = await refusedRowsFile(file.name, cli.dataFolder, cli.t);
  try {
    const onProgress = shownProgress(cli, path.basename(file.name));
    const work = { environment, actor: COMMAND_LINE, file, refusedRows, onProgress, signal: cli.signal };
    const counts = await importOpenRepair(work);
    if (cli.signal.aborted && process.stderr.isTTY) process.stderr.write('\n');
    const refusedFile = refusedRows.place();
    return refusedFile === undefined ? counts : { ...counts, refusedFile };
  } finally {
    await refusedRows.close();
  }
}

function shownProgress(cli: Cli, file: string): (progress: ImportProgress) => void {
  return ({ share, ...counts }) => {
    cli.progress(share, cli.t('imports.progress', { ...counts, file, percent: Math.floor(share * 100) }));
  };
}

function answer(cli: Cli, results: readonly (FileResult & { file: string })[]): void {
  const counts = results.reduce<ImportCounts>(added, NOTHING);
  const refusedFiles = results.flatMap((result) => result.refusedFile ?? []);
  const [refusedFile] = refusedFiles;
  const json = {
    ...counts,
    ...(refusedFile === undefined ? {} : { refusedFile }),
    ...(results.length > 1 ? { files: results } : {}),
  };
  cli.answer(json, () =>
    [cli.t('imports.done', counts), ...refusedFiles.map((file) => cli.t('imports.refusedFile', { file }))].join('\n'),
  );
}
