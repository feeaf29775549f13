import { hostname, networkInterfaces } from 'node:os';

/** What this machine is called by others: its names and the addresses it has now, in lower case. */
export function machineNames(): readonly string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter(({ address }) => !address.includes('%') && !address.startsWith('fe80:'))
    .map(({ address }) => address);
  const own = hostname().toLowerCase();
  // A name that is no DNS name (an underscore, a blank) can't stand in a certificate.
  const names = /^[a-z0-9.-]+$/.test(own) ? [own, `${own}.local`] : [];
  return [...new Set(['localhost', ...names, '127.0.0.1', '::1', ...addresses])];
}

/** The first address others on the network reach this machine by; loopback's when there is none. */
export function networkAddress(): string {
  const entries = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return entries.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
