import { z } from 'zod';
import { credentialOf } from '#db/repositories/sessions.ts';
import { defineQuery } from '../operation.ts';
import { placeOf } from './place.ts';

/** Who is signed in, with which rights, at which station. */
export const currentSession = defineQuery({
  name: 'session.current',
  right: 'own.view',
  input: z.object({}),
  async run(ctx) {
    const credential = await credentialOf(ctx.sql, ctx.actor.employeeId);
    const actor = { ...ctx.actor, rights: [...ctx.actor.rights] };
    const mustChangePassword = credential?.isChangeDue ?? false;
    return { mustChangePassword, actor, station: ctx.station, ...(await placeOf(ctx.sql)) };
  },
});
