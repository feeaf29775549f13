import { CertificateError } from '#server/tls/certificate.ts';
import { EXIT, UsageError, type Cli, type Verb } from '../verb.ts';

/** The central server, until it is told to stop. */
export const server: Verb = {
  name: 'server',
  usage: '[--data DIR] [--port 4871] [--host 0.0.0.0] [--cert FILE --key FILE] [--name NAME]…',
  help: 'server',
  options: {
    port: { type: 'string', default: '4871' },
    host: { type: 'string', default: '0.0.0.0' },
    cert: { type: 'string' },
    key: { type: 'string' },
    name: { type: 'string', multiple: true, default: [] },
  },
  async run(cli) {
    const stopped = whenStopped(cli.signal);
    const { NotCentralError, serveCentral } = await import('#server/central/serve.ts'); // no other verb needs it
    try {
      const { address, fingerprint, stop } = await serveCentral({ ...optionsOf(cli), log: cli.say });
      cli.answer({ address, fingerprint }, () => cli.t('cli.serverAt', { address, fingerprint }));
      await stopped;
      await stop();
      cli.say(cli.t('cli.serverStopped'));
      return EXIT.ok;
    } catch (error) {
      if (error instanceof NotCentralError) cli.say(cli.t('cli.notCentral'));
      else if (error instanceof CertificateError) cli.say(error.message);
      else throw error;
      return EXIT.refused;
    }
  },
};

/** Ctrl-C, or what a service manager sends; either may come while it is still starting. */
function whenStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    process.once('SIGTERM', () => resolve());
  });
}

function optionsOf({ values, dataFolder, t }: Cli) {
  const { cert, key, port, host, name } = values;
  if ((cert === undefined) !== (key === undefined)) throw new UsageError(t('cli.certAndKey'));
  const number = Number(port);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new UsageError(t('cli.badPort', { value: String(port) }));
  return {
    dataFolder,
    port: number,
    host: String(host),
    names: Array.isArray(name) ? name.map(String) : [],
    certificate: cert === undefined ? undefined : { cert: String(cert), key: String(key) },
  };
}
