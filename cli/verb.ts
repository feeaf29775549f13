import type { ParseArgsConfig } from 'node:util';
import type { Store } from '#db/store.ts';
import type { Environment } from '#operations/operation.ts';
import type { Language, Translate } from '#renderer/text/index.ts';

/** Exit codes of every verb. */
export const EXIT = { ok: 0, refused: 1, usage: 2, bug: 3, cancelled: 130 } as const;

type Options = NonNullable<ParseArgsConfig['options']>;

/** One verb of the command line: its file in cli/verbs/, one line in cli/verbs/index.ts, one test. */
export type Verb = Readonly<{
  /** As typed: `report run`. */
  name: string;
  /** What stands behind the name in the usage line: `ID [--param k=v …]`. */
  usage: string;
  /** Key under `cli.verbs` in renderer/text: what it does, its options and what its exit codes mean. */
  help: string;
  options: Options;
  run(cli: Cli): Promise<number>;
}>;

/** What a verb is given. */
export type Cli = Readonly<{
  values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  positionals: readonly string[];
  language: Language;
  t: Translate;
  dataFolder: string;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** The result, on stdout. */
  print(text: string): void;
  /** With `--json`, one line of JSON; otherwise the text. */
  answer(json: unknown, text: () => string): void;
  /** Progress and remarks, on stderr. */
  say(text: string): void;
  /** One line that is rewritten on a terminal; in a log a line at every tenth. `share` of the work done, 0 to 1. */
  progress(share: number, text: string): void;
  /** Opens the database of the data folder. Closed when the verb has ended. @throws NoCompanyError */
  open(): Promise<Readonly<{ environment: Environment; store: Store }>>;
}>;

/** The user's mistake in the call itself. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
