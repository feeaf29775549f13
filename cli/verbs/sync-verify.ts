import { DomainError } from '#domain/errors.ts';
import { serverLink } from '#db/repositories/server-link.ts';
import { openClient } from '#sync/station/https.ts';
import { verify, type Verified } from '#sync/station/verify.ts';
import { EXIT, type Cli, type Verb } from '../verb.ts';

const TIMEOUT_MS = 120_000;

/** Compares this station's data with its server's, by checksums, and names the rows that differ. */
export const syncVerify: Verb = {
  name: 'sync verify',
  usage: '[--data DIR] [--json]',
  help: 'syncVerify',
  options: {},
  async run(cli) {
    const { store } = await cli.open();
    const link = await store.read(serverLink);
    if (!link) throw new DomainError('sync.not-linked');
    const client = openClient({ address: link.address, fingerprint: link.fingerprint, timeoutMs: TIMEOUT_MS });
    try {
      const line = { client, token: link.token, signal: cli.signal };
      const verified = await verify(store, line, (done, of) =>
        cli.progress(done / of, cli.t('cli.verifying', { done, of })),
      );
      cli.answer(verified, () => told(cli, verified));
      return verified.differences.length === 0 ? EXIT.ok : EXIT.refused;
    } finally {
      client.close();
    }
  },
};

function told({ t }: Cli, { tables, rows, differences }: Verified): string {
  if (differences.length === 0) return t('cli.allEqual', { tables, rows });
  const lines = differences.map(({ table, rowId, kind }) => `  ${table}  ${rowId}  ${t(`cli.differences.${kind}`)}`);
  return [t('cli.someDiffer', { count: differences.length, rows }), ...lines].join('\n');
}
