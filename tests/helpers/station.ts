import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import type { Actor } from '#domain/access/actor.ts';
import { rightsOfRoles, type Role } from '#domain/access/roles.ts';
import type { Environment } from '#operations/operation.ts';
import { operations, type InputOf, type OperationName, type OutputOf } from '#operations/index.ts';
import { perform } from '#operations/perform.ts';
import { createDatabase, type TestDialect } from './databases.ts';

export type TestStation = Awaited<ReturnType<typeof openTestStation>>;

const OPENED_AT = Date.parse('2026-03-15T01:00:00Z'); // 9 in the morning in Shanghai

type RunOptions = Readonly<{ as?: Role | Role[] | Actor; commandId?: string }>;

/** A migrated station on a database of its own, with one employee for each role; the clock stands until it is moved. */
export async function openTestStation(
  dialect: TestDialect = 'sqlite',
  unit: Readonly<{ code: string; name: string }> = { code: 'SH01', name: '上海一站' },
) {
  const database = await createDatabase(dialect);
  const clock = { now: OPENED_AT };
  const station = { unitId: uuidv7(), ...unit, timeZone: 'Asia/Shanghai', currency: 'CNY' };
  const { store } = database;
  const env: Environment = {
    store,
    station,
    now: () => clock.now,
    newId: uuidv7,
    newToken: uuidv7,
    nextTurn: () => nextTurn(),
    passwords: {
      hash: async (password) => `plain$${password}`,
      matches: async (password, hash) => hash === `plain$${password}`,
    },
  };
  await store.write(async (trx) => {
    const { unitId, ...unit } = station;
    await trx.insert('units', { id: unitId, ...unit, kind: 'outlet', version: 1, createdAt: OPENED_AT });
    await trx.insert('installation', { id: 1, unitId, databaseId: uuidv7(), createdAt: OPENED_AT });
  });

  const actors = new Map<string, Actor>();
  /** Saves an employee who holds the roles, once for each set of them. */
  async function actorFor(roles: readonly Role[]): Promise<Actor> {
    const key = roles.join('+');
    const known = actors.get(key);
    if (known) return known;
    const number = `E${String(actors.size + 1).padStart(3, '0')}`;
    const actor = {
      employeeId: uuidv7(),
      unitId: station.unitId,
      number,
      name: key,
      roles,
      rights: rightsOfRoles(roles),
    };
    await givenEmployee({ id: actor.employeeId, number, name: key, roles });
    actors.set(key, actor);
    return actor;
  }

  async function givenEmployee(values: {
    id?: string;
    number: string;
    name?: string;
    grade?: string;
    roles?: readonly Role[];
    baseSalary?: number;
  }) {
    const id = values.id ?? uuidv7();
    await store.write(async (trx) => {
      await trx.insert('employees', {
        id,
        unitId: station.unitId,
        number: values.number,
        name: values.name ?? values.number,
        phone: '',
        position: '',
        grade: values.grade ?? 'A',
        baseSalary: values.baseSalary ?? 0,
        positionPay: 0,
        gradeAllowance: 0,
        joinedOn: '2020-01-01',
        leftOn: null,
        isActive: true,
        version: 1,
        createdAt: clock.now,
      });
      for (const role of values.roles ?? [])
        await trx.insert('employee_roles', { id: uuidv7(), unitId: station.unitId, employeeId: id, role });
    });
    return id;
  }

  async function run<N extends OperationName>(
    name: N,
    input: InputOf<N>,
    options: RunOptions = {},
  ): Promise<OutputOf<N>> {
    const { as = COMMAND_LINE } = options;
    const actor = typeof as === 'string' ? await actorFor([as]) : 'rights' in as ? as : await actorFor(as);
    return perform(env, operations[name], { actor, commandId: options.commandId ?? uuidv7(), input }) as Promise<
      OutputOf<N>
    >;
  }

  return {
    dialect,
    store,
    address: database.address,
    env,
    station,
    clock,
    run,
    actorFor,
    givenEmployee,
    rows: <Row = Record<string, unknown>>(text: string, params: readonly (string | number)[] = []) =>
      store.read((sql) => sql.all<Row>(text, params)),
    count: async (table: string) =>
      (await store.read((sql) => sql.first<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`)))?.n ?? 0,
    close: () => database.close(),
  };
}

export function temporaryFolder(): { path: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'mendway-test-'));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
