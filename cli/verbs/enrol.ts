import { hostname } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { fingerprintGroups, isEnrolmentCode } from '#domain/sync/enrolment-code.ts';
import { enrol, inspectServer, type Inspected } from '#sync/station/enrol.ts';
import { EXIT, UsageError, type Cli, type Verb } from '../verb.ts';

/** Makes this PC the station of a unit, with the one-time code that head office made. */
export const enrolStation: Verb = {
  name: 'enrol',
  usage: '--server https://HOST:PORT --code XXXX-XXXX-XXXX [--fingerprint AA:BB:…] [--name NAME] [--data DIR] [--json]',
  help: 'enrol',
  options: {
    server: { type: 'string' },
    code: { type: 'string' },
    fingerprint: { type: 'string' },
    name: { type: 'string', default: hostname() },
  },
  async run(cli) {
    const code = required(cli, 'code');
    if (!isEnrolmentCode(code)) throw new UsageError(cli.t('fieldRules.notAnEnrolmentCode'));
    const seen = await inspectServer(required(cli, 'server'));
    const fingerprint = await comparedFingerprint(cli, seen);
    if (fingerprint === undefined) return EXIT.refused;
    const enrolled = await enrol({
      dataFolder: cli.dataFolder,
      address: seen.address,
      code,
      fingerprint,
      name: String(cli.values['name']),
      onProgress: ({ step, share }) => cli.progress(share, cli.t(`enrolment.${step}`, percentOf(share))),
      signal: cli.signal,
    });
    const { unitCode: unit, unitName: name, lost } = enrolled;
    cli.answer(enrolled, () =>
      [
        cli.t('enrolment.done', { unit, name, company: seen.company }),
        ...(lost.length > 0 ? [cli.t('enrolment.lost'), ...lost.map((number) => `  ${number}`)] : []),
      ].join('\n'),
    );
    return EXIT.ok;
  },
};

const percentOf = (share: number) => ({ percent: Math.floor(share * 100) });

function required(cli: Cli, name: string): string {
  const value = cli.values[name];
  if (typeof value !== 'string' || value.trim() === '')
    throw new UsageError(cli.t('cli.optionMissing', { option: `--${name}` }));
  return value;
}

/**
 * The fingerprint that was compared: as given, or asked for on a terminal; null when an authority vouches for the
 * certificate; undefined when it is another one than head office reads out.
 */
async function comparedFingerprint(cli: Cli, seen: Inspected): Promise<string | null | undefined> {
  const given = cli.values['fingerprint'];
  if (typeof given === 'string') return given;
  if (seen.isPublic) return null;
  const groups = fingerprintGroups(seen.fingerprint).join(' ');
  cli.say(cli.t('cli.compareFingerprint', { company: seen.company, address: seen.address, fingerprint: groups }));
  if (!process.stdin.isTTY) throw new UsageError(cli.t('cli.fingerprintMissing'));
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${cli.t('cli.isSameFingerprint')} `, { signal: cli.signal });
    return /^(y|yes|是|一致)$/i.test(answer.trim()) ? seen.fingerprint : undefined;
  } finally {
    terminal.close();
  }
}
