import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { refusalsSince } from '#db/repositories/audit-log.ts';
import { employeeByNumber } from '#db/repositories/organisation.ts';
import { credentialOf } from '#db/repositories/sessions.ts';
import { text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { actorOfEmployee, tokenHash } from './actor-of.ts';

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
    const wrong = await refusalsSince(ctx.trx, 'session.signIn', input.number, ctx.now - LOCK_WINDOW);
    if (wrong >= LOCK_AFTER) throw new DomainError('sign-in.locked', { minutes: LOCK_WINDOW / MINUTE });
    const actor = credential && isRight ? await actorOfEmployee(ctx.trx, credential.employeeId) : undefined;
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
    };
  },
});
