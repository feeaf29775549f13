import { subtreeOf, type TreeUnit } from '#domain/organisation/tree.ts';
import type { DialectName, Sql, SqlValue, Transaction } from './store.ts';
import { SYNCED_TABLES, type SyncedTable } from './sync/tables.ts';

/**
 * What a user may see of a database that holds more than his units' rows. Every SELECT is put behind common table expressions
 * that stand in for the tables it names, so that no list, search or report can forget whose rows it shows. What is written is
 * not looked at here: the database itself keeps each row to one writer.
 */
export type Scope = Readonly<{
  /** The user's unit and those below it. */
  units: readonly string[];
  /** These and the other units of the region. */
  region: readonly string[];
  /** The unit this database serves is one of his: its log is his to read. */
  isHere: boolean;
  /** How far the region's work is seen: that of his own units only, or all of it. What isn't shared there stays his own. */
  reach: 'unit' | 'region';
}>;

type UnitRow = TreeUnit & Readonly<{ regionId: string | null }>;

/** The scope of somebody who works for a unit; undefined when it covers all there is. @throws DomainError `unit.cycle` */
export async function scopeOf(
  sql: Sql,
  unitId: string,
  here: string,
  reach: Scope['reach'],
): Promise<Scope | undefined> {
  if (unitId === '') return undefined;
  const all = await sql.all<UnitRow>('SELECT id, parent_id, kind, region_id FROM units');
  if (all.length === 1 && all[0]?.id === unitId) return undefined;
  const units = subtreeOf(all, unitId).toSorted();
  if (units.length === all.length) return undefined;
  const region = all.find(({ id }) => id === unitId)?.regionId ?? unitId;
  const around = all.filter(({ id, regionId }) => (regionId ?? id) === region).map(({ id }) => id);
  return { units, region: [...new Set([...units, ...around])].toSorted(), isHere: units.includes(here), reach };
}

export function scopedSql(sql: Sql, scope: Scope): Sql {
  const narrowed = narrowing(scope, sql.dialect);
  return {
    dialect: sql.dialect,
    all: async (text, params = []) =>
      (await isHidden(sql, narrowed, text, params)) ? [] : sql.all(narrowed(text), params),
    first: async (text, params = []) =>
      (await isHidden(sql, narrowed, text, params)) ? undefined : sql.first(narrowed(text), params),
    values: (text, params) => sql.values(narrowed(text), params),
    chunks: (text, params, size) => sql.chunks(narrowed(text), params, size),
    tuples: (text, params, size) => sql.tuples(narrowed(text), params, size),
  };
}

export function scopedTransaction(trx: Transaction, scope: Scope): Transaction {
  return {
    ...scopedSql(trx, scope),
    run: (text, params) => trx.run(text, params),
    runEach: (text, rows) => trx.runEach(text, rows),
    insert: (table, row) => trx.insert(table, row),
    forUpdate: trx.forUpdate,
  };
}

const LOCKING = ' FOR UPDATE';

/** PostgreSQL doesn't lock through such an expression: what is to be locked is looked for first, and then locked as it was asked. */
async function isHidden(
  sql: Sql,
  narrowed: (text: string) => string,
  text: string,
  params: readonly SqlValue[],
): Promise<boolean> {
  if (!text.endsWith(LOCKING)) return false;
  return (await sql.first(narrowed(text.slice(0, 0 - LOCKING.length)), params)) === undefined;
}

/** Company-wide catalogues apart, these are a unit's own business: who works there and where its parts lie. */
const OWN_BUSINESS: ReadonlySet<string> = new Set(['employees', 'employee_roles', 'warehouses']);

/** Tables that aren't synchronised, and say whose their rows are in their own way. */
const LOCAL = ['stock_balances', 'audit_log', 'stations', 'enrolment_codes', 'sync_refusals'] as const;

const SCOPED = SYNCED_TABLES.filter(({ name, audience }) => audience !== 'company' || OWN_BUSINESS.has(name));
const BY_NAME = new Map(SCOPED.map((table) => [table.name, table]));
const NAMES: ReadonlySet<string> = new Set([...BY_NAME.keys(), ...LOCAL]);
const WORDS = /[a-z_]{6,}/gi;

/** Puts the expressions before a SELECT; what changes data, or is to be locked, is left as it is. */
function narrowing(scope: Scope, dialect: DialectName): (text: string) => string {
  const known = new Map<string, string>();
  const narrow = (text: string): string => {
    const begin = /^\s*(SELECT\b|WITH\s+RECURSIVE\b|WITH\b)/i.exec(text);
    if (!begin || text.endsWith(LOCKING)) return text;
    const named = new Set(
      (text.match(WORDS) ?? []).map((word) => word.toLowerCase()).filter((word) => NAMES.has(word)),
    );
    const tables = [...named].map((table) => expressionOf(table, scope, dialect)).filter((one) => one !== '');
    if (tables.length === 0) return text;
    if (/^SELECT$/i.test(begin[1] ?? '')) return `WITH ${tables.join(', ')} ${text}`;
    return `${begin[0]} ${tables.join(', ')}, ${text.slice(begin[0].length)}`;
  };
  return (text) => {
    const narrowed = known.get(text) ?? narrow(text);
    known.set(text, narrowed);
    return narrowed;
  };
}

/** Written so that the database plans as it would without: inlined, and no index chosen for the sake of the unit alone. */
function expressionOf(table: string, scope: Scope, dialect: DialectName): string {
  const condition = conditionOf(table, scope, dialect);
  if (condition === '') return '';
  return `${table} AS NOT MATERIALIZED (SELECT * FROM ${schemaOf(dialect)}.${table} WHERE ${condition})`;
}

const schemaOf = (dialect: DialectName): string => (dialect === 'sqlite' ? 'main' : 'public');

function conditionOf(table: string, scope: Scope, dialect: DialectName): string {
  const among = (column: string, units: readonly string[]) =>
    `${dialect === 'sqlite' ? '+' : ''}${column} IN ${listOf(units)}`;
  const known = BY_NAME.get(table);
  if (!known) return conditionOfLocal(table, scope, schemaOf(dialect));
  if (known.audience === 'parties') return `${among('unit_id', scope.units)} OR ${among('to_unit_id', scope.units)}`;
  return among('unit_id', known.audience === 'region' ? unitsOf(known, scope) : scope.units);
}

/** Customers and their devices are the region's, whoever registered them; work is seen as far as is asked for. */
function unitsOf({ name, writer }: SyncedTable, { units, region, reach }: Scope): readonly string[] {
  const isShared = writer === 'shared' || name === 'field_history';
  return isShared || reach === 'region' ? region : units;
}

function conditionOfLocal(table: string, { units, isHere }: Scope, schema: string): string {
  const list = listOf(units);
  if (table === 'stock_balances')
    return `warehouse_id IN (SELECT id FROM ${schema}.warehouses WHERE unit_id IN ${list})`;
  if (isHere) return ''; // what this database notes of itself and of its stations
  if (table === 'stations' || table === 'enrolment_codes') return `unit_id IN ${list}`;
  if (table === 'audit_log') return `actor_id IN (SELECT id FROM ${schema}.employees WHERE unit_id IN ${list})`;
  return `station_id IN (SELECT id FROM ${schema}.stations WHERE unit_id IN ${list})`;
}

const UNIT_ID = /^[0-9A-Za-z-]{1,60}$/;

/** Checked and written out, so that there are few statements to prepare. */
function listOf(units: readonly string[]): string {
  for (const id of units) if (!UNIT_ID.test(id)) throw new Error(`not a unit's id: ${id}`);
  return units.length === 0 ? "('')" : `(${units.map((id) => `'${id}'`).join(', ')})`;
}
