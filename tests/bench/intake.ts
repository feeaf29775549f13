import Database from 'better-sqlite3';
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { migrateSqlite } from '#db/migrate.ts';
import { openSqliteStore } from '#db/sqlite-store.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { operations } from '#operations/index.ts';
import { perform } from '#operations/perform.ts';
import { environmentOf } from '#server/environment.ts';
import { measured, reportBench } from './lib/bench.ts';

/**
 * Whole intakes through the door beside the very same rows by raw prepared statements, each intake one transaction on WAL
 * with synchronous=FULL. Rounds alternate, so that a slow moment of the disk falls on both.
 */

const ROUNDS = 6;
const PER_ROUND = 500;
// Beside the checkout, not in the temporary folder: that may be memory, where nothing waits for a disk.
const folder = mkdtempSync(path.resolve('out-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

function intakeOf(n: number) {
  return {
    customer: { name: `王小明${n}`, phone: `138${String(n).padStart(8, '0')}`, address: `南京西路 ${n} 号` },
    device: {
      category: '空调',
      brand: ['格力', '美的', '海尔'][n % 3] ?? '',
      model: `KFR-${n % 40}`,
      serial: `SN${n}`,
    },
    mode: 'carry-in',
    urgency: n % 5 === 0 ? 'urgent' : 'normal',
    symptom: `不制冷，外机响 ${n % 50}`,
    estimate: 20_000,
    promisedAt: Date.now() + 86_400_000,
    accessories: '遥控器',
  } as const;
}

const door = path.join(folder, 'door.db');
const raw = path.join(folder, 'raw.db');
const station = { unitId: uuidv7(), code: 'SH01', name: 'bench', timeZone: 'Asia/Shanghai', currency: 'CNY' };
await migrateSqlite(door);
await migrateSqlite(raw);
const store = openSqliteStore(door);
const env = environmentOf(store, station);

/** Every statement the door itself runs, learned by running one intake: the raw side gets the same rows to write. */
const rawDatabase = new Database(raw);
rawDatabase.pragma('journal_mode = WAL');
rawDatabase.pragma('synchronous = FULL');
rawDatabase.pragma('foreign_keys = ON');
rawDatabase.pragma('cache_size = -65536');
const rawIntake = rawStatements(rawDatabase);

const doorTimes: number[] = [];
const rawTimes: number[] = [];
let n = 0;
for (let round = 0; round <= ROUNDS; round++) {
  const first = n;
  for (let i = 0; i < PER_ROUND; i++) {
    const started = performance.now();
    await perform(env, operations['workOrders.registerIntake'], {
      actor: COMMAND_LINE,
      commandId: uuidv7(),
      input: intakeOf(first + i),
    });
    if (round > 0) doorTimes.push(performance.now() - started);
  }
  for (let i = 0; i < PER_ROUND; i++) {
    const started = performance.now();
    rawIntake(first + i);
    if (round > 0) rawTimes.push(performance.now() - started);
  }
  n += PER_ROUND;
}

const counts = async (table: string) =>
  (await store.read((sql) => sql.first<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`)))?.n;
for (const table of [
  'customers',
  'devices',
  'work_orders',
  'work_order_states',
  'audit_log',
  'commands',
  'change_log',
  'dictionary_entries',
]) {
  const rawCount = (rawDatabase.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get() as { n: number }).n;
  if (rawCount !== (await counts(table)))
    throw new Error(`${table}: the raw side has ${rawCount} rows, the door ${await counts(table)}`);
}
rawDatabase.close();
await store.close();

const doorFigures = measured(doorTimes);
const rawFigures = measured(rawTimes);
reportBench('intake', [
  { name: 'door', figure: doorFigures.perSecond, unit: 'tx/s' },
  { name: 'raw prepared statements', figure: rawFigures.perSecond, unit: 'tx/s' },
  { name: 'door / raw', figure: doorFigures.perSecond / rawFigures.perSecond, unit: '', atLeast: 0.5 },
  { name: 'door p99', figure: doorFigures.p99, unit: 'ms' },
  { name: 'raw p99', figure: rawFigures.p99, unit: 'ms' },
  { name: 'door p99 / raw p99', figure: doorFigures.p99 / rawFigures.p99, unit: '', atMost: 2 },
]);

/** The limit: nothing but the writes, by statements prepared once, of rows whose values are at hand. */
function rawStatements(db: Database.Database): (n: number) => void {
  const insertInto = (table: string, columns: string) =>
    db.prepare(
      `INSERT INTO ${table} (${columns}) VALUES (${columns
        .split(',')
        .map(() => '?')
        .join(',')})`,
    );
  const customer = insertInto(
    'customers',
    'id,unit_id,kind,name,phone,second_phone,address,note,search_text,version,created_at',
  );
  const device = insertInto(
    'devices',
    'id,unit_id,customer_id,category,brand,model,serial,made_year,bought_on,place_of_purchase,warranty_end_on,note,search_text,version,created_at',
  );
  const order = insertInto(
    'work_orders',
    'id,unit_id,number,customer_id,device_id,mode,kind,channel,urgency,warranty_class,symptom,appearance,accessories,visit_address,estimate,promised_at,state,state_reason,received_on,received_at,received_by_id,fault,cause,action,travel_fee,discount,audit_note,version,created_at',
  );
  const state = insertInto(
    'work_order_states',
    'id,unit_id,work_order_id,step,from_state,to_state,reason,employee_id,at',
  );
  const audit = insertInto(
    'audit_log',
    'at,actor_id,actor_name,command_id,operation,event,entity,entity_id,change,hash',
  );
  const command = insertInto('commands', 'id,operation,actor_id,input_hash,result,at');
  const word = db.prepare(
    'INSERT INTO dictionary_entries (id,dictionary,value,search_text,uses) VALUES (?,?,?,?,1) ON CONFLICT (dictionary,value) DO UPDATE SET uses = uses + 1',
  );
  const sequence = db.prepare(
    'INSERT INTO sequences (key,last) VALUES (?,1) ON CONFLICT (key) DO UPDATE SET last = last + 1 RETURNING last',
  );
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const { unitId } = station;
  return (n) => {
    const input = intakeOf(n);
    const [customerId, deviceId, orderId, commandId, now] = [uuidv7(), uuidv7(), uuidv7(), uuidv7(), Date.now()];
    begin.run();
    customer.run(
      customerId,
      unitId,
      'person',
      input.customer.name,
      input.customer.phone,
      '',
      input.customer.address,
      '',
      `${input.customer.name} ${input.customer.phone} ${input.customer.address}`,
      1,
      now,
    );
    device.run(
      deviceId,
      unitId,
      customerId,
      input.device.category,
      input.device.brand,
      input.device.model,
      input.device.serial,
      null,
      null,
      '',
      null,
      '',
      `${input.device.serial} ${input.device.brand} ${input.device.model}`,
      1,
      now,
    );
    for (const [dictionary, value] of [
      ['category', input.device.category],
      ['brand', input.device.brand],
      ['model', input.device.model],
      ['symptom', input.symptom],
      ['accessories', input.accessories],
    ] as const)
      word.run(uuidv7(), dictionary, value, value);
    const { last } = sequence.get('WO-SH01-260315') as { last: number };
    order.run(
      orderId,
      unitId,
      `WO-SH01-260315-${String(last).padStart(4, '0')}`,
      customerId,
      deviceId,
      input.mode,
      'repair',
      'counter',
      input.urgency,
      'out',
      input.symptom,
      '',
      input.accessories,
      '',
      input.estimate,
      input.promisedAt,
      'registered',
      '',
      '2026-03-15',
      now,
      'command-line',
      '',
      '',
      '',
      0,
      0,
      '',
      1,
      now,
    );
    state.run(uuidv7(), unitId, orderId, 1, '', 'registered', '', 'command-line', now);
    audit.run(
      now,
      'command-line',
      'command-line',
      commandId,
      'workOrders.registerIntake',
      'registered',
      'work-order',
      orderId,
      JSON.stringify({ after: { customerId, deviceId, mode: input.mode } }),
      hash('sha256', orderId, 'hex'),
    );
    command.run(
      commandId,
      'workOrders.registerIntake',
      'command-line',
      hash('sha256', orderId, 'hex'),
      JSON.stringify({ id: orderId, customerId, deviceId, version: 1 }),
      now,
    );
    commit.run();
  };
}
