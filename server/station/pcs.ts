import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#domain/access/actor.ts';
import type { Right } from '#domain/access/rights.ts';
import { DomainError } from '#domain/errors.ts';
import { notePcSeen, pcByToken, type Pc } from '#db/repositories/pcs.ts';
import { operations, type OutputOf } from '#operations/index.ts';
import { perform } from '#operations/perform.ts';
import { tokenHash } from '#operations/session/actor-of.ts';
import type { StationService } from './service.ts';
import { limitBySource } from './source-limit.ts';

/** Which other PCs may work with this station: each carries a token, and an administrator approves it once. */
export interface PcGate {
  /** The PC of a token; undefined for one we don't know. */
  find(token: string): Promise<Pc | undefined>;
  /** Whether calls from it are answered. */
  isApproved(token: string): Promise<boolean>;
  /** @throws DomainError `input.invalid`, `pc.asked-too-often` */
  ask(name: string, address: string): Promise<OutputOf<'pcs.ask'>>;
}

const HOUR = 60 * 60_000;
/** From one address. */
const MOST_ASKED_AN_HOUR = 10;
/** Seen is written down no more often than this (ms): it is for people to look at. */
const SEEN_EVERY = 10 * 60_000;

export function pcGate({ environment, store }: Pick<StationService, 'environment' | 'store'>): PcGate {
  const asking = limitBySource({ most: MOST_ASKED_AN_HOUR, withinMs: HOUR, now: environment.now });
  const find = async (token: string) =>
    token === '' ? undefined : store.read((sql) => pcByToken(sql, tokenHash(token)));
  return {
    find,
    async isApproved(token) {
      const pc = await find(token);
      if (pc?.state !== 'approved') return false;
      const now = environment.now();
      if (now - (pc.lastSeenAt ?? 0) > SEEN_EVERY) await store.write((trx) => notePcSeen(trx, pc.id, now));
      return true;
    },
    async ask(name, address) {
      const tried = asking.take(address);
      if (!tried.isTaken) throw new DomainError('pc.asked-too-often', { minutes: tried.minutes });
      const request = { actor: strangerAt(name, address), commandId: uuidv7(), input: { name, address } };
      return (await perform(environment, operations['pcs.ask'], request)) as OutputOf<'pcs.ask'>;
    },
  };
}

/** Whoever sits there: he may ask, and nothing else is done in his name. */
function strangerAt(name: string, address: string): Actor {
  const rights = new Set<Right>(['access.manage']);
  return { employeeId: 'pc', unitId: '', number: '', name: `${name} (${address})`.slice(0, 100), roles: [], rights };
}
