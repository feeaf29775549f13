import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import type { Store } from '#db/store.ts';
import type { Environment, ServerIdentity, Station } from '#operations/operation.ts';

const derive = promisify(scrypt) as (password: string, salt: Buffer, length: number) => Promise<Buffer>;
const KEY_LENGTH = 32;

async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password.normalize('NFKC'), salt, KEY_LENGTH);
  return `scrypt$${salt.toString('hex')}$${key.toString('hex')}`;
}

async function passwordMatches(password: string, hash: string): Promise<boolean> {
  const [, salt = '', key = ''] = hash.split('$');
  const expected = Buffer.from(key, 'hex');
  const actual = await derive(password.normalize('NFKC'), Buffer.from(salt, 'hex'), KEY_LENGTH);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** Clock, chance and secrets of this process. */
export function environmentOf(
  store: Environment['store'] & Pick<Store, 'read'>,
  station: Station,
  server?: ServerIdentity,
): Environment {
  return {
    store,
    station,
    now: Date.now,
    newId: uuidv7,
    newToken: () => randomBytes(32).toString('base64url'),
    nextTurn: () => nextTurn(),
    passwords: { hash: hashPassword, matches: passwordMatches },
    ...(server && { server }),
  };
}
