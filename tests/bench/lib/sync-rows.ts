import Database from 'better-sqlite3';
import { v7 as uuidv7 } from 'uuid';
import { seededRandom } from '#server/sample/random.ts';

/** A depot's work orders as they stand after a few days: what `sync` and `snapshot` move about. */

export type Table = 'customers' | 'devices' | 'work_orders' | 'work_order_states';
export type Values = Readonly<Record<string, string | number | null>>;

const SYMPTOMS = [
  [
    '不制冷',
    '不启动',
    '漏水',
    '噪音大',
    '显示 E4',
    '有异味',
    '跳闸',
    '遥控失灵',
    '不排水',
    '不加热',
    '抖动',
    '门关不上',
  ],
  ['', '，外机响', '，通电没反应', '，开机十分钟后停', '，昨天起', '，上次修过'],
  ['', '，客户要求当天修', '，需带配件上门', '，请先电话联系', '，保修卡在家'],
] as const;
const CATEGORIES = ['空调', '冰箱', '洗衣机', '电视', '热水器', '油烟机', '微波炉', '净水器'] as const;
const BRANDS = ['格力', '美的', '海尔', '海信', '西门子', '松下', '老板', '小天鹅'] as const;
const STREETS = ['长宁路', '南京西路', '人民路', '解放大道', '中山北路', '建国路', '和平街', '新华路'] as const;
const STATES = [
  'registered',
  'dispatched',
  'accepted',
  'in-progress',
  'completed',
  'audited',
  'settled',
  'closed',
] as const;

const START = Date.parse('2026-03-01T00:30:00Z');
const DAY = 86_400_000;

export type Company = Readonly<{ unitId: string; code: string; seed: number }>;

/** @param counts 0.4 and 0.5 of the orders are usual: people come back, with other devices, too */
export function companyRows(
  { unitId, code, seed }: Company,
  counts: Readonly<{ customers: number; devices: number; orders: number }>,
): Readonly<Record<'customers' | 'devices' | 'work_orders', readonly Values[]>> {
  const random = seededRandom(seed);
  const digits = (n: number) => Array.from({ length: n }, () => random.between(0, 9)).join('');
  const customers = Array.from({ length: counts.customers }, (_, i): Values => {
    const name = `${random.pick(['王', '李', '张', '刘', '陈', '杨'])}${random.pick(['伟', '芳', '敏', '静', '强', '磊'])}${i % 97}`;
    const address = `${random.pick(STREETS)} ${random.between(1, 2400)} 号`;
    const phone = `1${random.between(30, 99)}${digits(8)}`;
    const common = {
      id: uuidv7(),
      unit_id: unitId,
      kind: 'person',
      name,
      phone,
      second_phone: '',
      address,
      note: '',
    };
    return { ...common, search_text: `${name} ${phone} ${address}`, version: 1, created_at: START + i };
  });
  const devices = Array.from({ length: counts.devices }, (_, i): Values => {
    const [brand, model, serial] = [random.pick(BRANDS), `KFR-${random.between(20, 90)}`, `SN${digits(9)}`];
    const owner = customers[i % customers.length]?.['id'] ?? null;
    const common = { id: uuidv7(), unit_id: unitId, customer_id: owner, category: random.pick(CATEGORIES) };
    const bought = { made_year: null, bought_on: null, place_of_purchase: '', warranty_end_on: null, note: '' };
    const search_text = `${serial} ${brand} ${model}`.toLowerCase();
    return { ...common, brand, model, serial, ...bought, search_text, version: 1, created_at: START + i };
  });
  const perDay = 400;
  const orders = Array.from({ length: counts.orders }, (_, i): Values => {
    const day = Math.floor(i / perDay);
    const at = START + day * DAY + (i % perDay) * 80_000 + random.between(0, 79_000);
    const on = new Date(at).toISOString().slice(0, 10);
    const device = devices[random.between(0, devices.length - 1)] ?? {};
    const isOnSite = random.chance(0.3);
    return {
      id: uuidv7(),
      unit_id: unitId,
      number: `WO-${code}-${on.slice(2).replaceAll('-', '')}-${String((i % perDay) + 1).padStart(4, '0')}`,
      customer_id: device['customer_id'] ?? null,
      device_id: device['id'] ?? null,
      mode: isOnSite ? 'on-site' : 'carry-in',
      kind: 'repair',
      channel: isOnSite ? 'phone' : 'counter',
      urgency: random.chance(0.1) ? 'urgent' : 'normal',
      warranty_class: random.pick(['in', 'out', 'out', 'vendor']),
      symptom: SYMPTOMS.map((words) => random.pick<string>(words)).join(''),
      appearance: random.chance(0.2) ? '有划痕' : '',
      accessories: random.chance(0.3) ? '遥控器' : '',
      visit_address: isOnSite ? `${random.pick(STREETS)} ${random.between(1, 900)} 号` : '',
      estimate: random.between(0, 40) * 1000,
      promised_at: Math.floor(at / 3_600_000) * 3_600_000 + random.between(1, 5) * DAY,
      state: random.pick(STATES),
      state_reason: '',
      received_on: on,
      received_at: at,
      received_by_id: 'command-line',
      fault: '',
      cause: '',
      action: '',
      travel_fee: 0,
      discount: 0,
      audit_note: '',
      version: random.between(1, 6),
      created_at: at,
    };
  });
  return { customers, devices, work_orders: orders };
}

/** Puts rows into a database, as its own or as come from elsewhere; triggers do what they do. */
export function putRowsInto(filename: string, table: Table, rows: readonly Values[], origin = ''): void {
  const database = new Database(filename);
  database.pragma('synchronous = OFF');
  const [first] = rows;
  if (!first) return;
  const names = Object.keys(first);
  const insert = database.prepare(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
  );
  const comeFrom = database.prepare('UPDATE sync_session SET origin = ?');
  database.transaction(() => {
    comeFrom.run(origin);
    rows.forEach((row) => insert.run(row));
    comeFrom.run('');
  })();
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

/** How each order came to be: the registration, and a step for every state after it. */
export function statesOf(orders: readonly Values[], steps: number): Values[] {
  return orders.flatMap((order) =>
    STATES.slice(0, steps).map((to_state, i): Values => {
      const { id: work_order_id = '', unit_id = '', received_at } = order;
      const at = Number(received_at) + i * 1_700_000;
      const step = {
        step: i + 1,
        from_state: STATES[i - 1] ?? '',
        to_state,
        reason: '',
        employee_id: 'command-line',
        at,
      };
      return { id: uuidv7(), unit_id, work_order_id, ...step };
    }),
  );
}
