import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#domain/access/actor.ts';
import { rightsOfRoles, type Role } from '#domain/access/roles.ts';
import { operations, type InputOf, type OperationName, type OutputOf } from '#operations/index.ts';
import type { Environment } from '#operations/operation.ts';
import { perform } from '#operations/perform.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { createDatabase, type TestDialect } from './databases.ts';

export type TestCompany = Awaited<ReturnType<typeof openTestCompany>>;

const NOW = Date.parse('2026-03-15T01:00:00Z'); // 9 in the morning in Shanghai

/** Head office, two regions, two outlets in each. */
const TREE = {
  HQ: ['head-office', null, null],
  EAST: ['region', 'HQ', 'EAST'],
  EA01: ['outlet', 'EAST', 'EAST'],
  EA02: ['outlet', 'EAST', 'EAST'],
  WEST: ['region', 'HQ', 'WEST'],
  WE01: ['outlet', 'WEST', 'WEST'],
  WE02: ['outlet', 'WEST', 'WEST'],
} as const;

export type UnitCode = keyof typeof TREE;
export const OUTLETS = ['EA01', 'EA02', 'WE01', 'WE02'] as const satisfies UnitCode[];

/** Stands in every text that is a unit's own and in its phone numbers, so that it is known wherever it turns up. */
export const markOf = (code: UnitCode): string => `mark-${code.toLowerCase()}`;
export const phoneOf = (code: UnitCode): string => `1390000${String(Object.keys(TREE).indexOf(code)).padStart(4, '7')}`;

type As = Role | Role[] | Actor;

/** A whole company in one database, as at head office. `at` works as if the database served another unit, as its station does. */
export async function openTestCompany(dialect: TestDialect = 'sqlite') {
  const database = await createDatabase(dialect);
  const { store } = database;
  const clock = { now: NOW };
  const ids = Object.fromEntries(Object.keys(TREE).map((code) => [code, uuidv7()])) as Record<UnitCode, string>;
  await store.write(async (trx) => {
    for (const [code, [kind, parent, region]] of Object.entries(TREE))
      await trx.insert('units', {
        id: ids[code as UnitCode],
        parentId: parent && ids[parent],
        regionId: region && ids[region],
        code,
        name: `单位${code}`,
        kind,
        timeZone: 'Asia/Shanghai',
        currency: 'CNY',
        version: 1,
        createdAt: NOW,
      });
    await trx.insert('installation', { id: 1, unitId: ids.HQ, role: 'central', databaseId: uuidv7(), createdAt: NOW });
  });

  const environmentOf = (code: UnitCode): Environment => ({
    store,
    station: { unitId: ids[code], code, name: `单位${code}`, timeZone: 'Asia/Shanghai', currency: 'CNY' },
    now: () => clock.now,
    newId: uuidv7,
    newToken: uuidv7,
    nextTurn: async () => undefined,
    passwords: {
      hash: async (password) => `plain$${password}`,
      matches: async (password, hash) => hash === `plain$${password}`,
    },
  });

  const actors = new Map<string, Actor>();
  /** Somebody who works for the unit, with an archive of his own; once for each set of roles. */
  async function personOf(code: UnitCode, roles: readonly Role[]): Promise<Actor> {
    const key = `${code} ${roles.join('+')}`;
    const known = actors.get(key);
    if (known) return known;
    const person = {
      employeeId: uuidv7(),
      unitId: ids[code],
      number: `${code}-E${actors.size}`,
      name: `${markOf(code)} ${roles[0]}`,
    };
    await store.write(async (trx) => {
      const { employeeId: id, unitId, number, name } = person;
      const pay = { baseSalary: 500_000, positionPay: 0, gradeAllowance: 0, joinedOn: '2020-01-01', leftOn: null };
      const words = {
        number,
        name,
        phone: phoneOf(code),
        position: `${markOf(code)} 岗位`,
        grade: `${markOf(code)} A`,
      };
      await trx.insert('employees', { id, unitId, ...words, ...pay, isActive: true, version: 1, createdAt: NOW });
      for (const role of roles) await trx.insert('employee_roles', { id: uuidv7(), unitId, employeeId: id, role });
    });
    const actor = { ...person, roles, rights: rightsOfRoles(roles) };
    actors.set(key, actor);
    return actor;
  }

  async function actorOf(code: UnitCode, as: As | undefined): Promise<Actor> {
    if (as === undefined) return COMMAND_LINE;
    if (typeof as === 'string') return personOf(code, [as]);
    return 'rights' in as ? as : personOf(code, as);
  }

  let served: UnitCode = 'HQ';
  /** The database of that unit from now on. */
  async function at(code: UnitCode) {
    if (served !== code) await store.write((trx) => trx.run('UPDATE installation SET unit_id = ?', [ids[code]]));
    served = code;
    const env = environmentOf(code);
    return {
      unitId: ids[code],
      env,
      async run<N extends OperationName>(name: N, input: InputOf<N>, as?: As): Promise<OutputOf<N>> {
        const actor = await actorOf(code, as);
        return perform(env, operations[name], { actor, commandId: uuidv7(), input }) as Promise<OutputOf<N>>;
      },
    };
  }

  return {
    dialect,
    store,
    clock,
    ids,
    at,
    personOf,
    rows: <Row = Record<string, unknown>>(text: string, params: readonly (string | number)[] = []) =>
      store.read((sql) => sql.all<Row>(text, params)),
    close: () => database.close(),
  };
}
