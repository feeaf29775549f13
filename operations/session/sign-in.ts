import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { refusalTimes } from '#db/repositories/audit-log.ts';
import { employeeByNumber } from '#db/repositories/organisation.ts';
import { credentialOf, type Credential } from '#db/repositories/sessions.ts';
import { text } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { actorOfEmployee, tokenHash } from './actor-of.ts';
import { placeOf } from './place.ts';

const MINUTE = 60_000;
const SESSION_LENGTH = 12 * 60 * MINUTE; // a working day
const LOCK_AFTER = 5; // wrong passwords …
const LOCK_WINDOW = 15 * MINUTE; // … within this time

// Compared with when the number is unknown, so that the answer takes as long and tells nothing.
const NOBODYS_HASH = 'scrypt$00000000000000000000000000000000$00';

/** Signs in by employee number and password; works without the network. Five wrong passwords lock the number for a quarter of an hour. */
export const signIn = defineCommand({
  name: 'session.signIn',
  right: 'anyone',
  input: z.object({ number: text(40), password: z.string().min(1).max(200) }),
  secret: true,
  subject: (input) => input.number,

  async prepare(env, input) {
    const credential = await env.store.read(async (sql) => {
      const employee = await employeeByNumber(sql, input.number);
      return employee?.isActive ? credentialOf(sql, employee.id) : undefined;
    });
    const isRight = await env.passwords.matches(input.password, credential?.passwordHash ?? NOBODYS_HASH);
    return { credential, isRight: isRight && credential !== undefined };
  },

  async run(ctx, input, { credential, isRight }) {
    const wrong = await wrongPasswords(ctx, input.number);
    const isStillRight = isRight && (await isInForce(ctx, credential));
    const actor = credential && isStillRight ? await actorOfEmployee(ctx.trx, credential.employeeId) : undefined;
    if (!actor || !credential) throw new DomainError('sign-in.wrong', { left: LOCK_AFTER - wrong - 1 });

    const token = ctx.newToken();
    const expiresAt = ctx.now + SESSION_LENGTH;
    await ctx.trx.insert('sessions', {
      id: ctx.newId(),
      tokenHash: tokenHash(token),
      employeeId: actor.employeeId,
      createdAt: ctx.now,
      expiresAt,
      endedAt: null,
    });
    ctx.audit('signed-in', 'employee', input.number);
    return {
      token,
      expiresAt,
      mustChangePassword: credential.isChangeDue,
      actor: { ...actor, rights: [...actor.rights] },
      station: ctx.station,
      ...(await placeOf(ctx.trx)),
    };
  },
});

/** Not if it was changed while it was being compared. */
async function isInForce(ctx: CommandContext, compared: Credential | undefined): Promise<boolean> {
  const current = compared && (await credentialOf(ctx.trx, compared.employeeId));
  return current?.passwordHash === compared?.passwordHash;
}

/**
 * How many wrong passwords there were of late.
 * @throws DomainError `sign-in.locked` when they are too many. What is tried in vain meanwhile makes it no longer.
 */
async function wrongPasswords(ctx: CommandContext, number: string): Promise<number> {
  const times = await refusalTimes(ctx.trx, {
    operation: 'session.signIn',
    entityId: number,
    code: 'sign-in.wrong',
    since: ctx.now - 2 * LOCK_WINDOW,
    forgivenBy: ['signed-in', 'password-set'],
  });
  const last = times.at(-1) ?? 0;
  const opensAt = last + LOCK_WINDOW;
  const inARow = times.filter((at) => at > last - LOCK_WINDOW).length;
  if (inARow >= LOCK_AFTER && ctx.now < opensAt)
    throw new DomainError('sign-in.locked', { minutes: Math.ceil((opensAt - ctx.now) / MINUTE) });
  return times.filter((at) => at > ctx.now - LOCK_WINDOW).length;
}
