import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { credentialOf, saveCredential } from '#db/repositories/sessions.ts';
import { defineCommand } from '../operation.ts';
import { newPassword } from './password-rules.ts';

/** Changes one's own password. */
export const changePassword = defineCommand({
  name: 'session.changePassword',
  right: 'own.view',
  input: z
    .object({ current: z.string().min(1).max(200), next: newPassword() })
    .refine(({ current, next }) => current !== next, { path: ['next'], params: { rule: 'samePassword' } }),
  secret: true,

  async prepare(env, input, actor) {
    const credential = await env.store.read((sql) => credentialOf(sql, actor.employeeId));
    const isRight = credential !== undefined && (await env.passwords.matches(input.current, credential.passwordHash));
    return { isRight, compared: credential?.passwordHash, passwordHash: await env.passwords.hash(input.next) };
  },

  async run(ctx, _input, { isRight, compared, passwordHash }) {
    const current = await credentialOf(ctx.trx, ctx.actor.employeeId);
    if (!isRight || current?.passwordHash !== compared) throw new DomainError('password.wrong');
    await saveCredential(ctx.trx, {
      employeeId: ctx.actor.employeeId,
      passwordHash,
      isChangeDue: false,
      changedAt: ctx.now,
    });
    ctx.audit('password-changed', 'employee', ctx.actor.number);
    return {};
  },
});
