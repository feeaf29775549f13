import { hash } from 'node:crypto';
import { z } from 'zod';
import { requireRight, type Actor } from '#domain/access/actor.ts';
import type { Right } from '#domain/access/rights.ts';
import type { Clock } from '#domain/clock.ts';
import { businessDate, compactDate } from '#domain/dates.ts';
import { DomainError, type ErrorDetails } from '#domain/errors.ts';
import type { NumberKind } from '#domain/numbers.ts';
import { appendAuditLines, type AuditLine } from '#db/repositories/audit-log.ts';
import { tick } from '#db/repositories/clock.ts';
import { findCommand, recordCommand } from '#db/repositories/commands.ts';
import { nextInSequence, takeFromSequence, takeTurn } from '#db/repositories/sequences.ts';
import { scopedSql, scopedTransaction, scopeOf, type Scope } from '#db/scoped.ts';
import type { Sql, Store, Transaction } from '#db/store.ts';
import { faultsOf } from './inputs.ts';

/** The unit this service serves. */
export type Station = Readonly<{ unitId: string; code: string; name: string; timeZone: string; currency: string }>;

/** What the process lends to the operations: they have no clock, no chance and no secrets of their own. */
export type Environment = Readonly<{
  store: Pick<Store, 'read'> & Partial<Pick<Store, 'write'>>;
  station: Station;
  now(): number;
  newId(): string;
  newToken(): string;
  /** Lets whatever else waits for this thread have its turn first. */
  nextTurn(): Promise<void>;
  passwords: Readonly<{
    hash(password: string): Promise<string>;
    matches(password: string, hash: string): Promise<boolean>;
  }>;
  /** Of the central server: where its stations reach it, and the certificate's fingerprint they compare. */
  server?: ServerIdentity;
}>;

export type ServerIdentity = Readonly<{ address: string; fingerprint: string }>;

/** Reads and writes go through `sql` or `trx`, which show no more than the actor may see. */
type Reader = Readonly<{
  actor: Actor;
  station: Station;
  /** Whether it is his unit or one below it: of others in the region not everything is shown. */
  isOwnUnit(unitId: string): boolean;
}>;

export type QueryContext = Reader & Readonly<{ sql: Sql; now: number; today: string }>;

export type CommandContext = Reader &
  Readonly<{
    trx: Transaction;
    /** The instant of the command, ms UTC, and the business date it falls on at the station. */
    now: number;
    today: string;
    newId(): string;
    newToken(): string;
    /** The next human number of a kind and day, as `WO-SH01-260315-0042`. */
    nextNumber(kind: NumberKind, on?: string): Promise<string>;
    /** The next reading of the hybrid logical clock, for what the region shares. */
    nextClock(): Promise<Clock>;
    /** Many at once, for what comes in bulk. */
    takeNumbers(kind: NumberKind, on: string, count: number): Promise<string[]>;
    /**
     * For work of many seconds, between its parts: how much of it is done, 0 to 1. Lets others be served meanwhile, and ends
     * the command, which then has changed nothing, when nobody waits for it any more.
     * @throws the reason for which it isn't waited for
     */
    tell(share: number): Promise<void>;
    /** One line of the audit log: what happened to which document, with what was before and after. */
    audit(event: string, entity: string, entityId: string, change?: AuditChange): void;
  }>;

export type AuditChange = Readonly<{ before?: object; after?: object }>;

/** Whoever waits for an operation: may be told how much of it is done, 0 to 1, and may go away. */
export type Waiting = Readonly<{
  onProgress?: ((share: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}>;

/** Who may: the holders of a right, or anyone, signed in or not. */
export type Permission = Right | 'anyone';

/**
 * How far an operation sees: the actor's unit with those below it (unless it says otherwise), the work of his region, or the
 * whole company. `here`: it is about this database itself, so only those to whose units the one it serves belongs may.
 */
export type Reach = 'unit' | 'region' | 'company' | 'here';

type Named<Name extends string, Input extends z.ZodType> = Readonly<{
  name: Name;
  right: Permission;
  reach?: Reach;
  input: Input;
}>;

export type Query<Name extends string, Input extends z.ZodType, Output> = Named<Name, Input> &
  Readonly<{ kind: 'query'; run(ctx: QueryContext, input: z.output<Input>): Promise<Output> }>;

export type Command<Name extends string, Input extends z.ZodType, Output, Prepared = undefined> = Named<Name, Input> &
  Readonly<{
    kind: 'command';
    /** Slow work that must not hold the writer (hashing a password): done before the transaction, changes nothing. */
    prepare?(env: Environment, input: z.output<Input>, actor: Actor): Promise<Prepared>;
    run(ctx: CommandContext, input: z.output<Input>, prepared: Prepared): Promise<Output>;
    /**
     * Whom a refusal is about, for the audit log: the number typed at sign-in. Commands about the same one come in turn, and
     * each finds the refusals before it noted.
     */
    subject?(input: z.output<Input>): string;
    /** Input and result (passwords, tokens) are never written down. */
    secret?: true;
    /** What it changes isn't this database's unit's own, so that people of other units may, too. */
    byOtherUnits?: true;
  }>;

export function defineQuery<const Name extends string, Input extends z.ZodType, Output>(
  query: Omit<Query<Name, Input, Output>, 'kind'>,
): Query<Name, Input, Output> {
  return { ...query, kind: 'query' };
}

export function defineCommand<const Name extends string, Input extends z.ZodType, Output, Prepared = undefined>(
  command: Omit<Command<Name, Input, Output, Prepared>, 'kind'>,
): Command<Name, Input, Output, Prepared> {
  return { ...command, kind: 'command' };
}

/**
 * Reads for a user, on one consistent view of the data.
 * @throws DomainError `access.denied`, `input.invalid`, and the query's own
 */
export async function executeQuery<N extends string, I extends z.ZodType, O>(
  env: Environment,
  query: Query<N, I, O>,
  actor: Actor,
  input: unknown,
): Promise<O> {
  requirePermission(actor, query.right);
  const parsed = parseInput(query.input, input);
  const now = env.now();
  const today = businessDate(now, env.station.timeZone);
  const { station } = env;
  return env.store.read(async (sql) => {
    const scope = await scopeFor(sql, query, actor, station);
    const reader = { actor, station, isOwnUnit: ownUnitsOf(scope) };
    return query.run({ ...reader, sql: scope ? narrowed(query, scope, sql, scopedSql) : sql, now, today }, parsed);
  });
}

/**
 * What the actor may see; undefined: everything. Before anybody is known, at sign-in, nothing is kept back.
 * @throws DomainError `access.denied` to those of other units, where it is about this database
 */
async function scopeFor(
  sql: Sql,
  { name, right, reach = 'unit' }: Named<string, z.ZodType>,
  actor: Actor,
  station: Station,
): Promise<Scope | undefined> {
  if (right === 'anyone') return undefined;
  const scope = await scopeOf(sql, actor.unitId, station.unitId, reach === 'region' ? 'region' : 'unit');
  if (reach === 'here' && scope?.isHere === false) throw new DomainError('access.denied', { right: name });
  return scope;
}

function narrowed<Handle extends Sql>(
  { reach }: Named<string, z.ZodType>,
  scope: Scope,
  handle: Handle,
  narrow: (handle: Handle, scope: Scope) => Handle,
): Handle {
  return reach === 'company' ? handle : narrow(handle, scope);
}

const ownUnitsOf =
  (scope: Scope | undefined) =>
  (unitId: string): boolean =>
    scope?.units.includes(unitId) ?? true;

/**
 * The only way data changes. Effect, audit lines and command record commit together, so a crash leaves all or none, and a
 * command delivered twice happens once and answers the same. A refusal leaves nothing but a line in the audit log, and a
 * command that is ended because nobody waits for it leaves nothing at all.
 * @throws DomainError `access.denied`, `input.invalid`, `command.replayed-differently`, and the command's own
 */
export async function executeCommand<N extends string, I extends z.ZodType, O, P>(
  env: Environment,
  command: Command<N, I, O, P>,
  actor: Actor,
  commandId: string,
  input: unknown,
  waiting: Waiting = {},
): Promise<O> {
  const write = env.store.write;
  if (!write) throw new Error(`${command.name} needs a store that writes`);
  let refused: DomainError;
  try {
    requirePermission(actor, command.right);
    const parsed = parseInput(command.input, input);
    const prepared = (command.prepare ? await command.prepare(env, parsed, actor) : undefined) as P;
    const inputHash = command.secret ? '' : hash('sha256', JSON.stringify(parsed), 'hex');
    const delivery = { actor, commandId, inputHash, parsed, prepared, waiting };
    const outcome = await write((trx) => attempt(env, command, { trx, ...delivery }));
    if (!('refused' in outcome)) return outcome.result;
    refused = outcome.refused;
  } catch (error) {
    // What the machine could not do isn't the user's refusal, and could not be written down either.
    if (error instanceof DomainError && !error.code.startsWith('server.'))
      await write((trx) => auditRefusal(env, trx, command, { actor, commandId, input }, error));
    throw error;
  }
  throw refused;
}

type Outcome<O> = Readonly<{ result: O } | { refused: DomainError }>;

/** A command with a subject notes its refusal before the next about the same one begins, so that none can hurry past it. */
async function attempt<N extends string, I extends z.ZodType, O, P>(
  env: Environment,
  command: Command<N, I, O, P>,
  delivery: Delivery<z.output<I>, P>,
): Promise<Outcome<O>> {
  const { trx, actor, commandId, parsed } = delivery;
  if (!command.subject) return { result: await runOnce(env, command, delivery) };
  await takeTurn(trx, `${command.name} ${command.subject(parsed)}`);
  await trx.run('SAVEPOINT attempt');
  try {
    return { result: await runOnce(env, command, delivery) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await trx.run('ROLLBACK TO SAVEPOINT attempt');
    await auditRefusal(env, trx, command, { actor, commandId, input: parsed }, error);
    return { refused: error };
  }
}

type Delivery<Input, Prepared> = Readonly<{
  trx: Transaction;
  actor: Actor;
  commandId: string;
  inputHash: string;
  parsed: Input;
  prepared: Prepared;
  waiting: Waiting;
}>;

async function runOnce<N extends string, I extends z.ZodType, O, P>(
  env: Environment,
  command: Command<N, I, O, P>,
  delivery: Delivery<z.output<I>, P>,
): Promise<O> {
  const { trx, actor, commandId, inputHash } = delivery;
  // The same command under way elsewhere is waited for: what it has done would look like somebody else's here.
  await takeTurn(trx, commandId);
  const done = await findCommand(trx, commandId);
  if (done) {
    const isSame =
      !command.secret &&
      done.operation === command.name &&
      done.actorId === actor.employeeId &&
      done.inputHash === inputHash;
    if (!isSame) throw new DomainError('command.replayed-differently', { commandId });
    return JSON.parse(done.result) as O;
  }
  const scope = await scopeFor(trx, command, actor, env.station);
  requireUnitServed(command, scope);
  const now = env.now();
  const lines: AuditLine[] = [];
  const seen = scope ? narrowed(command, scope, trx, scopedTransaction) : trx;
  const ctx = commandContext(env, command.name, { ...delivery, trx: seen }, now, lines);
  const result = await command.run({ ...ctx, isOwnUnit: ownUnitsOf(scope) }, delivery.parsed, delivery.prepared);
  if (lines.length === 0) throw new Error(`${command.name} changed data without an audit line`);
  await appendAuditLines(trx, lines);
  // What a secret command answers (a session's token) isn't kept, so it can't be answered again: delivered twice, it is refused.
  const kept = command.secret ? 'null' : JSON.stringify(result ?? null);
  await recordCommand(trx, {
    id: commandId,
    operation: command.name,
    actorId: actor.employeeId,
    inputHash,
    result: kept,
    at: now,
  });
  return result;
}

/**
 * Nobody makes documents that would belong to a unit he doesn't work for, and that he couldn't see.
 * @throws DomainError `document.of-another-unit`
 */
function requireUnitServed(
  { right, byOtherUnits }: Readonly<{ right: Permission; byOtherUnits?: true }>,
  scope: Scope | undefined,
): void {
  if (scope?.isHere === false && right !== 'own.view' && !byOtherUnits)
    throw new DomainError('document.of-another-unit');
}

function commandContext(
  env: Environment,
  operation: string,
  { trx, actor, commandId, waiting }: Delivery<unknown, unknown>,
  now: number,
  lines: AuditLine[],
): Omit<CommandContext, 'isOwnUnit'> {
  const { station } = env;
  const today = businessDate(now, station.timeZone);
  return {
    trx,
    actor,
    station,
    now,
    today,
    newId: env.newId,
    newToken: env.newToken,
    nextNumber: async (kind, on = today) => {
      const prefix = numberPrefix(station, kind, on);
      return numberOf(prefix, await nextInSequence(trx, prefix));
    },
    nextClock: () => tick(trx, now),
    takeNumbers: async (kind, on, count) => {
      const prefix = numberPrefix(station, kind, on);
      const last = await takeFromSequence(trx, prefix, count);
      return Array.from({ length: count }, (_, i) => numberOf(prefix, last - count + 1 + i));
    },
    tell: async (share) => {
      waiting.onProgress?.(share);
      await env.nextTurn();
      waiting.signal?.throwIfAborted();
    },
    audit: (event, entity, entityId, change = {}) => {
      lines.push({
        at: now,
        actorId: actor.employeeId,
        actorName: actor.name,
        commandId,
        operation,
        event,
        entity,
        entityId,
        change: JSON.stringify(change),
      });
    },
  };
}

const numberPrefix = (station: Station, kind: NumberKind, on: string): string =>
  `${kind}-${station.code}-${compactDate(on)}`;

const numberOf = (prefix: string, n: number): string => `${prefix}-${String(n).padStart(4, '0')}`;

async function auditRefusal(
  env: Environment,
  trx: Transaction,
  command: Named<string, z.ZodType> & { subject?(input: never): string },
  { actor, commandId, input }: Readonly<{ actor: Actor; commandId: string; input: unknown }>,
  error: DomainError,
): Promise<void> {
  const parsed = command.subject ? command.input.safeParse(input) : undefined;
  const entityId = parsed?.success && command.subject ? command.subject(parsed.data as never) : '';
  const change = JSON.stringify({ code: error.code, details: error.details });
  const line = {
    at: env.now(),
    actorId: actor.employeeId,
    actorName: actor.name,
    commandId,
    operation: command.name,
    event: 'refused',
    entity: '',
    entityId,
    change,
  };
  await appendAuditLines(trx, [line]);
}

function requirePermission(actor: Actor, permission: Permission): void {
  if (permission === 'anyone') return;
  if (actor.employeeId === '') throw new DomainError('session.required');
  requireRight(actor, permission);
}

/** @throws DomainError `input.invalid` with the faults by field */
function parseInput<I extends z.ZodType>(schema: I, input: unknown): z.output<I> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new DomainError('input.invalid', { faults: faultsOf(parsed.error) } satisfies ErrorDetails);
}
