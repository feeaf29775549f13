import Database from 'better-sqlite3';
import { v7 as uuidv7 } from 'uuid';
import type { Station } from '#operations/operation.ts';

/** A month of audited work of a unit, with rules, terms, rewards, penalties and rework, straight into its database. */

export const MONTH = { from: '2026-03-01', to: '2026-03-31' };

const NOON = Date.parse('2026-03-01T04:00:00Z');
const DAY = 86_400_000;
const HOUR = 3_600_000;

type Size = Readonly<{ orders: number; people: number }>;
type Row = Readonly<Record<string, string | number | null>>;

/** A small, repeatable source of chance. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

export function putMonthInto(filename: string, station: Station, size: Size): void {
  const database = new Database(filename);
  database.pragma('journal_mode = WAL');
  database.pragma('foreign_keys = OFF');
  database.exec('UPDATE sync_session SET is_logged = 0');
  database.exec('BEGIN');
  const put = inserter(database);
  const company = putCompany(put, station, size);
  putOrders(put, company, size.orders);
  database.exec('COMMIT');
  database.exec('UPDATE sync_session SET is_logged = 1');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

type Company = Readonly<{
  made: Row & Readonly<{ unit_id: string }>;
  employees: readonly string[];
  types: readonly Named[];
  parts: readonly Named[];
  devices: readonly Named[];
  warehouseId: string;
  itemIds: readonly string[];
}>;

function putCompany(put: Put, station: Station, { people }: Size): Company {
  const { unitId } = station;
  const made = { unit_id: unitId, version: 1, created_at: NOON };
  const { timeZone: time_zone, currency, code, name } = station;
  put('units', { id: unitId, code, name, kind: 'outlet', time_zone, currency, version: 1, created_at: NOON });
  put('installation', { id: 1, unit_id: unitId, database_id: uuidv7(), created_at: NOON });
  const employees = Array.from({ length: people }, () => uuidv7());
  for (const [n, id] of employees.entries())
    put('employees', {
      id,
      ...made,
      number: `T${String(n).padStart(5, '0')}`,
      name: `技师 ${n}`,
      phone: '',
      position: '',
      grade: 'ABC'[n % 3] ?? 'A',
      base_salary: 300_000,
      position_pay: 20_000,
      grade_allowance: 0,
      is_active: 1,
    });
  const types = names(12, (n) => ({
    ...made,
    code: `W${n}`,
    name: `工作 ${n}`,
    standard_fee: 0,
    standard_minutes: 60,
    is_active: 1,
  }));
  for (const row of types) put('work_types', row);
  const parts = names(40, (n) => ({
    ...made,
    number: `P${n}`,
    name: `配件 ${n}`,
    measure: '个',
    barcode: '',
    search_text: `p${n}`,
    sale_price: 0,
    is_active: 1,
  }));
  for (const row of parts) put('parts', row);
  const [warehouse] = names(1, () => ({ ...made, code: 'W', name: '库', kind: 'parts' }));
  if (warehouse) put('warehouses', warehouse);
  const devices = names(200, (n) => ({
    ...made,
    category: ['空调', '冰箱', '洗衣机'][n % 3] ?? '',
    brand: 'x',
    model: '',
    serial: '',
    search_text: '',
    place_of_purchase: '',
    note: '',
    clocks: '{}',
  }));
  for (const row of devices) put('devices', row);
  return { made, employees, types, parts, devices, warehouseId: warehouse?.id ?? '', itemIds: rules(put, made, types) };
}

function putOrders(
  put: Put,
  { made, employees, types, parts, devices, warehouseId, itemIds }: Company,
  orders: number,
) {
  const draw = chance(7);
  const unitId = made.unit_id;
  let before = '';
  for (let n = 0; n < orders; n++) {
    const id = uuidv7();
    const day = draw(28);
    const date = new Date(NOON + day * DAY).toISOString().slice(0, 10);
    const receivedAt = NOON + day * DAY;
    put('work_orders', {
      id,
      ...made,
      number: `WO-${n}`,
      device_id: devices[draw(devices.length)]?.id ?? '',
      mode: 'carry-in',
      kind: ['repair', 'installation', 'maintenance'][draw(3)] ?? '',
      channel: 'counter',
      urgency: draw(5) === 0 ? 'urgent' : 'normal',
      warranty_class: ['in', 'out', 'vendor'][draw(3)] ?? '',
      ...EMPTY,
      estimate: 0,
      state: 'audited',
      received_on: date,
      received_at: receivedAt,
      received_by_id: 'x',
      completed_at: receivedAt + draw(30) * HOUR,
      completed_on: date,
      travel_fee: 0,
      discount: draw(4) === 0 ? draw(500) : 0,
      audited_on: date,
      follow_up: ['very_satisfied', 'satisfied', 'dissatisfied', null, null, null][draw(6)] ?? null,
      rework_of_id: draw(100) === 0 && before !== '' ? before : null,
    });
    technicians(put, unitId, id, employees, draw);
    putLines(put, { unit_id: unitId, work_order_id: id }, { types, parts, warehouseId }, draw);
    if (draw(50) === 0)
      put('pay_awards', {
        id: uuidv7(),
        ...made,
        item_id: itemIds[draw(itemIds.length)] ?? '',
        work_order_id: id,
        ...AWARD,
      });
    before = id;
  }
}

function putLines(
  put: Put,
  of: Row,
  { types, parts, warehouseId }: Pick<Company, 'types' | 'parts' | 'warehouseId'>,
  draw: (below: number) => number,
): void {
  for (let line = 1; line <= 1 + draw(3); line++)
    put('work_order_labour', {
      id: uuidv7(),
      ...of,
      line_no: line,
      work_type_id: types[draw(types.length)]?.id ?? '',
      fee: 2000 + draw(30_000),
      labour_cost: draw(2000),
      units: 1000,
    });
  for (let line = 1; line <= draw(4); line++)
    put('work_order_parts', {
      id: uuidv7(),
      ...of,
      line_no: line,
      warehouse_id: warehouseId,
      part_id: parts[draw(parts.length)]?.id ?? '',
      quantity: 1000 * (1 + draw(3)),
      price: draw(20_000),
      cost: draw(15_000),
      charge: ['customer', 'warranty'][draw(2)] ?? '',
    });
}

const EMPTY = Object.fromEntries(
  [
    'symptom',
    'appearance',
    'accessories',
    'visit_address',
    'state_reason',
    'fault',
    'cause',
    'action',
    'audit_note',
  ].map((name) => [name, '']),
);
const AWARD = {
  given_on: '2026-03-15',
  reason: 'x',
  source: 'hand',
  state: 'standing',
  withdrawn_reason: '',
  given_by_id: 'x',
};

type Put = (table: string, row: Row) => void;
type Named = Row & Readonly<{ id: string }>;

const names = (count: number, row: (n: number) => Row): Named[] =>
  Array.from({ length: count }, (_, n) => ({ id: uuidv7(), ...row(n) }));

function inserter(database: Database.Database): Put {
  const known = new Map<string, Database.Statement>();
  return (table, row) => {
    const keys = Object.keys(row);
    const shape = `${table} ${keys.join()}`;
    let insert = known.get(shape);
    if (!insert) {
      insert = database.prepare(`INSERT INTO ${table} (${keys.join(', ')}) VALUES (${keys.map(() => '?').join(', ')})`);
      known.set(shape, insert);
    }
    insert.run(Object.values(row));
  };
}

function technicians(
  put: Put,
  unitId: string,
  orderId: string,
  employees: readonly string[],
  draw: (below: number) => number,
) {
  const shares = [[10_000], [6000, 4000], [3333, 3333, 3334]][draw(3)] ?? [];
  const first = draw(employees.length);
  for (const [n, share] of shares.entries())
    put('work_order_technicians', {
      id: uuidv7(),
      unit_id: unitId,
      work_order_id: orderId,
      employee_id: employees[(first + n) % employees.length] ?? '',
      share_bp: share,
    });
}

/** Returns the ids of the rewards and penalties. */
function rules(put: Put, made: Row, types: readonly Named[]): string[] {
  const rule = { ...made, is_after_discount: 0, valid_from: '2026-01-01' };
  const all: Row[] = [
    { component: 'labour', rate_bp: 2000 },
    { component: 'labour', rate_bp: 2500, when_grade: 'B' },
    { component: 'labour', rate_bp: 2200, is_after_discount: 1, when_product_category: '冰箱' },
    { component: 'labour_profit', rate_bp: 3000, when_warranty_class: 'out', when_service_mode: 'repair' },
    { component: 'per_unit', amount: 1500, when_work_type: types[0]?.id ?? '' },
    { component: 'part_sales', rate_bp: 300 },
    { component: 'part_margin', rate_bp: 800, when_grade: 'A' },
    { component: 'per_job', amount: 200, when_service_mode: 'installation' },
    {
      component: 'monthly_tier',
      measure: 'labour_base',
      tiers: JSON.stringify({
        mode: 'progressive',
        tiers: [
          { from: 0, rateBp: 100 },
          { from: 500_000, rateBp: 300 },
        ],
      }),
    },
  ];
  for (const [n, one] of all.entries()) put('commission_rules', { id: uuidv7(), code: `R${n}`, ...rule, ...one });
  put('deadline_rules', {
    id: uuidv7(),
    code: 'D1',
    ...made,
    limit_minutes: 600,
    grace_minutes: 60,
    unit_minutes: 60,
    amount_per_unit: 200,
    cap_amount: 2000,
    valid_from: '2026-01-01',
  });
  const terms = {
    workingHours: { timeZone: 'Asia/Shanghai', days: [1, 2, 3, 4, 5, 6], from: 480, to: 1080 },
    satisfaction: {
      perOrder: { very_satisfied: 200, dissatisfied: -300 },
      monthly: { threshold: 60, pointAmount: 500 },
    },
    rework: { days: 30, clawbackBp: 5000 },
    deductionCapBp: 2000,
    off: [],
  };
  const { unit_id } = made;
  put('pay_terms', {
    id: uuidv7(),
    unit_id: unit_id ?? null,
    valid_from: '2026-01-01',
    body: JSON.stringify(terms),
    employee_id: 'x',
    created_at: NOON,
  });
  const items = names(3, (n) => ({
    ...made,
    code: `I${n}`,
    name: `项目 ${n}`,
    category: 'x',
    kind: n === 0 ? 'reward' : 'penalty',
    amount: 1000 + n,
    is_active: 1,
  }));
  for (const item of items) put('pay_items', item);
  return items.map(({ id }) => id);
}
