import { z } from 'zod';
import { dropOldPcs, dropPc, waitingPcs } from '#db/repositories/pcs.ts';
import { text } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { tokenHash } from '../session/actor-of.ts';

const DAY = 24 * 60 * 60 * 1000;
const MOST_WAITING = 20;
const MOST_FROM_ONE_ADDRESS = 3;
const CODES = 1_000_000; // six digits: read aloud from one screen to the other

/**
 * Another PC wants to work with this station. The door asks for it, since nobody is signed in there yet; the token goes to that
 * PC alone, the code stands on both screens. Whoever asks over and over displaces only what waits longest.
 */
export const askForPc = defineCommand({
  name: 'pcs.ask',
  right: 'access.manage',
  reach: 'here',
  input: z.object({ name: text(60), address: text(60) }),
  secret: true,
  async run(ctx, { name, address }) {
    await dropOldPcs(ctx.trx, ctx.now - DAY, ctx.now - 30 * DAY);
    const codes = await makeRoom(ctx, address);
    const id = ctx.newId();
    const token = ctx.newToken();
    const hash = tokenHash(token);
    const code = freeCode(Number.parseInt(hash.slice(0, 8), 16), codes);
    await ctx.trx.insert('pcs', { id, name, code, tokenHash: hash, state: 'waiting', address, askedAt: ctx.now });
    ctx.audit('asked', 'pc', id, { after: { name, address, code } });
    return { token, code };
  },
});

/** Drops those who have waited longest where there are too many. @returns the codes of the others */
async function makeRoom(ctx: CommandContext, address: string): Promise<ReadonlySet<string>> {
  const waiting = await waitingPcs(ctx.trx);
  const fromThere = waiting.filter((pc) => pc.address === address);
  const dropped = new Set(fromThere.slice(0, Math.max(0, fromThere.length - MOST_FROM_ONE_ADDRESS + 1)));
  const others = waiting.filter((pc) => !dropped.has(pc));
  for (const pc of others.slice(0, Math.max(0, others.length - MOST_WAITING + 1))) dropped.add(pc);
  for (const { id } of dropped) await dropPc(ctx.trx, id);
  return new Set(waiting.filter((pc) => !dropped.has(pc)).map(({ code }) => code));
}

/** No two that wait have the same. */
function freeCode(seed: number, taken: ReadonlySet<string>): string {
  for (let n = seed; ; n++) {
    const code = String(n % CODES).padStart(6, '0');
    if (!taken.has(code)) return code;
  }
}
