import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks that are nobody's business from outside: a webhook must not become a way into the network the server stands in. */
const INNER = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local, and the metadata of clouds
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  INNER.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96], // IPv4 behind IPv6, three ways
  ['2002::', 16],
  ['2001::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INNER.addSubnet(network, prefix, 'ipv6');

/** @param address IPv4 or IPv6; IPv4 written as IPv6 counts as what it is */
export function isInner(address: string): boolean {
  return INNER.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

export class InnerAddressError extends Error {
  override readonly name = 'InnerAddressError';
}

/** @throws InnerAddressError for a host that is itself an inner address; names are looked at when they are looked up */
export function requireOuterHost(hostname: string): void {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0 && isInner(bare)) throw new InnerAddressError(bare);
}

/** Looks a name up for the connection itself, so that it can't be another address that is connected to than was looked at. */
export const lookupOuter: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const inner = error ? undefined : found.find(({ address }) => isInner(address));
    const [first] = found ?? [];
    if (error) return callback(error, '', 0);
    if (inner) return callback(new InnerAddressError(inner.address), '', 0);
    return options.all ? callback(null, found) : callback(null, first?.address ?? '', first?.family);
  });
};
