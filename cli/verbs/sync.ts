import { v7 as uuidv7 } from 'uuid';
import { operations, type OutputOf } from '#operations/index.ts';
import { perform } from '#operations/perform.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { durationText } from '#renderer/text/duration.ts';
import { isTextKey } from '#renderer/text/index.ts';
import { EXIT, type Cli, type Verb } from '../verb.ts';

type Status = OutputOf<'sync.status'>;

/** How this station stands with its server. */
export const syncStatusVerb: Verb = {
  name: 'sync status',
  usage: '[--data DIR] [--json]',
  help: 'syncStatus',
  options: {},
  async run(cli) {
    const status = (await ask(cli, 'sync.status')) as Status;
    cli.answer(status, () => told(cli, status));
    return status.state === 'stopped' ? EXIT.refused : EXIT.ok;
  },
};

/** Asks the running service to synchronise at once. */
export const syncNowVerb: Verb = {
  name: 'sync now',
  usage: '[--data DIR] [--json]',
  help: 'syncNow',
  options: {},
  async run(cli) {
    const asked = await ask(cli, 'sync.now');
    cli.answer(asked, () => cli.t('cli.syncAsked'));
    return EXIT.ok;
  },
};

async function ask(cli: Cli, name: 'sync.status' | 'sync.now'): Promise<unknown> {
  const { environment } = await cli.open();
  return perform(environment, operations[name], { actor: COMMAND_LINE, commandId: uuidv7(), input: {} });
}

function told({ t }: Cli, status: Status): string {
  if (status.state === 'alone') return t('sync.heads.alone');
  const { state, pending, refused, lastSuccessAt, enrolledAt, now, error, serverAddress } = status;
  const duration = durationText(t, Math.max(0, now - (lastSuccessAt ?? enrolledAt)));
  const key = `errors.${error?.code ?? ''}`;
  const reason = error && isTextKey(key) ? t(key, error.details as Record<string, string>) : (error?.code ?? '');
  const facts: [label: string, value: string][] = [
    [t('sync.facts.server'), serverAddress],
    [t('sync.facts.lastSuccess'), lastSuccessAt === null ? '–' : new Date(lastSuccessAt).toISOString()],
    [t('sync.facts.pending'), String(pending)],
    [t('sync.facts.refused'), String(refused)],
  ];
  const lines = facts.map(([label, value]) => `  ${label}: ${value}`);
  return [t(`sync.heads.${state}`, { duration }), ...lines, ...(reason ? [reason] : [])].join('\n');
}
