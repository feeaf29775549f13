import type { Actor } from '#domain/access/actor.ts';
import { executeCommand, executeQuery, type Command, type Environment, type Query, type Waiting } from './operation.ts';
import type { z } from 'zod';

/** Any registered operation, as the doors (RPC, command line, tests) see it: what is put in is checked inside. */
export type AnyOperation = Query<string, z.ZodType, unknown> | Command<string, z.ZodType, unknown, never>;

export type Request = Waiting & Readonly<{ actor: Actor; commandId: string; input: unknown }>;

/** Runs a query or a command. @throws DomainError */
export async function perform(env: Environment, operation: unknown, request: Request): Promise<unknown> {
  const known = operation as AnyOperation;
  if (known.kind === 'query') return executeQuery(env, known, request.actor, request.input);
  return executeCommand(env, known, request.actor, request.commandId, request.input, request);
}
