import { parseArgs } from 'node:util';
import { EXIT, UsageError, type Cli, type Verb } from './verb.ts';
import { verbs } from './verbs/index.ts';
import { isTextKey, createTranslator, languageOf, type Translate } from '#renderer/text/index.ts';
import { DomainError, type FieldFault } from '#domain/errors.ts';
import type { Store } from '#db/store.ts';
import { databaseOf, NoCompanyError, openEnvironment } from '#server/station/service.ts';

/** `mendway <verb>`: the command line for administrators and scripts. */

const COMMON = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  data: { type: 'string' },
  language: { type: 'string' },
} as const;

async function main(argv: readonly string[]): Promise<number> {
  // A server's locale is often C or POSIX, which says nothing: then English, as the tools around it.
  const locale = process.env['LC_ALL'] || process.env['LANG'] || '';
  const language = languageOf(argument(argv, '--language') ?? (locale.startsWith('zh') ? 'zh-CN' : 'en'));
  const t = createTranslator(language);
  const verb = verbs.find(({ name }) => name.split(' ').every((word, i) => argv[i] === word));
  if (!verb) return overview(argv, t);
  if (argv.includes('--help') || argv.includes('-h')) return help(verb, t);

  const opened: Store[] = [];
  const cancel = new AbortController();
  process.once('SIGINT', () => cancel.abort(new Error('cancelled')));
  try {
    return await verb.run(cliOf(verb, argv, { t, language, signal: cancel.signal, opened }));
  } catch (error) {
    return explain(error, verb, t);
  } finally {
    for (const store of opened) await store.close();
  }
}

type Shared = Pick<Cli, 't' | 'language' | 'signal'> & { opened: Store[] };

function cliOf(verb: Verb, argv: readonly string[], { t, language, signal, opened }: Shared): Cli {
  const { values, positionals } = parse(verb, argv.slice(verb.name.split(' ').length));
  const dataFolder = values['data'] ?? process.env['MENDWAY_DATA'] ?? 'data';
  const print = (text: string) => void process.stdout.write(`${text}\n`);
  return {
    values,
    positionals,
    language,
    t,
    dataFolder,
    signal,
    print,
    answer: (json, text) => print(values['json'] ? JSON.stringify(json) : text()),
    progress: progressOn(process.stderr),
    say: (text) => void process.stderr.write(`${text}\n`),
    open: async () => {
      const environment = await openEnvironment(databaseOf(dataFolder));
      opened.push(environment.store);
      return environment;
    },
  };
}

function progressOn(stream: NodeJS.WriteStream): Cli['progress'] {
  let lastTenth = -1;
  return (share, text) => {
    const tenth = Math.floor(share * 10);
    if (stream.isTTY) stream.write(`\r\u001b[K${text}${share >= 1 ? '\n' : ''}`);
    else if (tenth > lastTenth) stream.write(`${text}\n`);
    lastTenth = share >= 1 ? -1 : tenth;
  };
}

function parse(verb: Verb, args: string[]) {
  try {
    return parseArgs({ args, options: { ...COMMON, ...verb.options }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function argument(argv: readonly string[], name: string): string | undefined {
  const at = argv.indexOf(name);
  return at === -1 ? undefined : argv[at + 1];
}

function overview(argv: readonly string[], t: Translate): number {
  const isAsked = argv.length === 0 || argv[0] === '--help' || argv[0] === '-h' || argv[0] === 'help';
  const lines = verbs.map((verb) => `  mendway ${verb.name} ${verb.usage}`.trimEnd());
  const page = [t('cli.usage'), ...lines, '', t('cli.common')].join('\n');
  if (isAsked) process.stdout.write(`${page}\n`);
  else process.stderr.write(`${t('cli.unknownVerb', { verb: argv.join(' ') })}\n${page}\n`);
  return isAsked ? EXIT.ok : EXIT.usage;
}

function help(verb: Verb, t: Translate): number {
  const key = `cli.verbs.${verb.help}`;
  process.stdout.write(`mendway ${verb.name} ${verb.usage}\n\n${isTextKey(key) ? t(key) : ''}\n\n${t('cli.common')}\n`);
  return EXIT.ok;
}

function explain(error: unknown, verb: Verb, t: Translate): number {
  const fail = (text: string, code: number) => {
    process.stderr.write(`${text}\n`);
    return code;
  };
  if (error instanceof UsageError) return fail(`${error.message}\nmendway ${verb.name} ${verb.usage}`, EXIT.usage);
  if (error instanceof NoCompanyError) return fail(t('cli.noCompany'), EXIT.usage);
  if (error instanceof DomainError) return fail(textOf(error, t), EXIT.refused);
  if (error instanceof Error && error.message === 'cancelled') return fail(t('cli.cancelled'), EXIT.cancelled);
  return fail(error instanceof Error ? (error.stack ?? error.message) : String(error), EXIT.bug);
}

/** A refusal in the user's language, each faulty field named. */
function textOf(error: DomainError, t: Translate): string {
  const faults = (error.details['faults'] ?? []) as readonly FieldFault[];
  const lines = faults.map(({ path, rule, params = {} }) => {
    const key = `fieldRules.${rule}`;
    return `  ${path}: ${isTextKey(key) ? t(key, params) : rule}`;
  });
  const key = `errors.${error.code}`;
  return [isTextKey(key) ? t(key, error.details as Record<string, string>) : error.message, ...lines].join('\n');
}

// Whoever reads the output may have read enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.bug));

process.exitCode = await main(process.argv.slice(2));
