import { z } from 'zod';
import { endSessions } from '#db/repositories/sessions.ts';
import { defineCommand } from '../operation.ts';

/** Ends all sessions of the person who is signed in. */
export const signOut = defineCommand({
  name: 'session.signOut',
  right: 'own.view',
  input: z.object({}),
  async run(ctx) {
    await endSessions(ctx.trx, ctx.actor.employeeId, ctx.now);
    ctx.audit('signed-out', 'employee', ctx.actor.number);
    return {};
  },
});
