import { hash, timingSafeEqual } from 'node:crypto';
import { DomainError } from '#domain/errors.ts';
import { stationById, type StationRow } from '#db/sync/stations.ts';
import type { Central } from './central.ts';

export const tokenHashOf = (secret: string): string => hash('sha256', secret, 'hex');

/**
 * Whose token it is. @throws DomainError `sync.unknown-station`, `sync.suspended`, `sync.revoked`, `sync.cloned`
 */
export async function stationOf(central: Central, authorization: string | undefined): Promise<StationRow> {
  const [id = '', secret = ''] = (authorization ?? '').replace(/^Bearer /i, '').split('.');
  const station = id === '' ? undefined : await central.store.read((sql) => stationById(sql, id));
  if (!station || !isSame(station.tokenHash, tokenHashOf(secret))) throw new DomainError('sync.unknown-station');
  if (station.state === 'suspended') throw new DomainError('sync.suspended');
  if (station.state === 'revoked') throw new DomainError('sync.revoked');
  // Another PC has taken the unit over; this one is the old PC, or a copy of it.
  if (station.state === 'replaced') throw new DomainError('sync.cloned');
  return station;
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/** @throws DomainError `sync.schema-newer`, `sync.schema-older` */
export function requireSameSchema(central: Central, schema: number): void {
  const details = { server: central.schema, station: schema };
  if (central.schema > schema) throw new DomainError('sync.schema-newer', details);
  if (central.schema < schema) throw new DomainError('sync.schema-older', details);
}
