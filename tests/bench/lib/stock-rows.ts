import Database from 'better-sqlite3';
import { v7 as uuidv7 } from 'uuid';
import { EMPTY_STOCK, issue, receive, type StockBalance } from '#domain/stock/costing.ts';
import { lineAmount } from '#domain/quantity.ts';
import { seededRandom } from '#server/sample/random.ts';

/** Years of a warehouse: parts, documents of ten lines, their moves and the balances these make, right to the fen. */

const LINES = 10;
export const WORDS = [
  '电容',
  '压缩机',
  '过滤网',
  '主板',
  '遥控器',
  '风叶',
  '铜管',
  '温控器',
  '水泵',
  '门封条',
] as const;
const START = Date.parse('2024-01-02T01:00:00Z');

export type Place = Readonly<{ unitId: string; warehouses: readonly string[] }>;
export type Shelf = { partId: string; warehouseId: string; balance: StockBalance; moves: number };
export type Size = Readonly<{ parts: number; moves: number; seed: number }>;

type Insert = Database.Statement;

/** What guards the tables and makes them quick to read is put back when the rows are in. Returns where each part lies. */
export function putLedgerInto(filename: string, place: Place, size: Size): Shelf[] {
  const database = new Database(filename);
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -262144');
  const aside = takenAside(database);
  database.exec('BEGIN');
  putUnit(database, place);
  const shelves = putParts(database, place, size);
  putDocuments(database, place, shelves, size);
  putBalances(database, shelves);
  putPlaces(database, place, shelves);
  database.exec('COMMIT');
  for (const text of aside) database.exec(text);
  database.close();
  return shelves;
}

/** Triggers and indices of the stock tables, as texts that make them again. */
function takenAside(database: Database.Database): string[] {
  const made = database
    .prepare<[], { type: string; name: string; sql: string }>(
      `SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL
         AND tbl_name IN ('stock_documents', 'stock_moves', 'stock_balances', 'stock_places', 'parts', 'warehouses', 'units')`,
    )
    .all();
  for (const { type, name } of made) database.exec(`DROP ${type} ${name}`);
  return made.map(({ sql }) => sql);
}

function insertInto(database: Database.Database, table: string, columns: string): Insert {
  const marks = columns.split(',').map(() => '?');
  return database.prepare(`INSERT INTO ${table} (${columns}) VALUES (${marks.join(',')})`);
}

function putUnit(database: Database.Database, { unitId, warehouses }: Place): void {
  insertInto(database, 'units', 'id,code,name,kind,time_zone,currency,version,created_at').run([
    unitId,
    'SH01',
    'bench',
    'outlet',
    'Asia/Shanghai',
    'CNY',
    1,
    START,
  ]);
  insertInto(database, 'installation', 'id,unit_id,database_id,created_at').run(1, unitId, uuidv7(), START);
  const warehouse = insertInto(database, 'warehouses', 'id,unit_id,code,name,kind,version,created_at');
  warehouses.forEach((id, i) => warehouse.run(id, unitId, `W${i + 1}`, `${i + 1} 号仓`, 'parts', 1, START));
}

/** Ten that are numbered one after the other lie in one warehouse, so that a document has ten lines. */
function putParts(database: Database.Database, { unitId, warehouses }: Place, { parts }: Size): Shelf[] {
  const part = insertInto(
    database,
    'parts',
    'id,unit_id,number,name,measure,barcode,sale_price,is_active,search_text,version,created_at',
  );
  return Array.from({ length: parts }, (_, i) => {
    const partId = uuidv7();
    const [number, barcode] = [`P-${String(i).padStart(6, '0')}`, String(6_900_000_000_000 + i)];
    const name = `${WORDS[i % WORDS.length]} ${i % 977}`;
    part.run(partId, unitId, number, name, '个', barcode, 100 + (i % 900), 1, `${number} ${name} ${barcode}`, 1, START);
    const warehouseId = warehouses[Math.floor(i / LINES) % warehouses.length] ?? '';
    return { partId, warehouseId, balance: EMPTY_STOCK, moves: 0 };
  });
}

export const MOVE_COLUMNS =
  'id,unit_id,document_id,line_no,warehouse_id,part_id,quantity,value,price,moved_on,at,move_no';
export const DOCUMENT_COLUMNS = 'id,unit_id,number,kind,issue_kind,warehouse_id,recipient,note,moved_on,at,employee_id';

/** Each part is bought at every fourth of its moves, and goes out at the others. */
function putDocuments(database: Database.Database, { unitId }: Place, shelves: readonly Shelf[], size: Size): void {
  const random = seededRandom(size.seed);
  const document = insertInto(database, 'stock_documents', DOCUMENT_COLUMNS);
  const move = insertInto(database, 'stock_moves', MOVE_COLUMNS);
  const rounds = Math.ceil(size.moves / shelves.length);
  let n = 0;
  for (let round = 0; round < rounds; round++)
    for (let first = 0; first < shelves.length && n * LINES < size.moves; first += LINES) {
      const isReceipt = round % 4 === 0;
      const [documentId, at] = [uuidv7(), START + n * 60_000];
      const on = new Date(at).toISOString().slice(0, 10);
      const kind = isReceipt ? 'receipt' : 'issue';
      const number = `${isReceipt ? 'RC' : 'IS'}-SH01-${String(++n).padStart(9, '0')}`;
      const warehouseId = shelves[first]?.warehouseId ?? null;
      document.run(
        documentId,
        unitId,
        number,
        kind,
        isReceipt ? null : 'counter-sale',
        warehouseId,
        '',
        '',
        on,
        at,
        'e-1',
      );
      for (const [line, shelf] of shelves.slice(first, first + LINES).entries()) {
        const quantity = isReceipt ? random.between(40, 90) * 1000 : random.between(1, 10_000);
        const price = random.between(1, 20_000);
        const moved = isReceipt ? putIn(shelf, quantity, lineAmount(quantity, price)) : takeOut(shelf, quantity);
        move.run(
          [uuidv7(), unitId, documentId, line + 1, shelf.warehouseId, shelf.partId, moved.quantity, moved.value].concat(
            [price, on, at, shelf.moves],
          ),
        );
      }
    }
}

type Moved = Readonly<{ quantity: number; value: number }>;

function putIn(shelf: Shelf, quantity: number, value: number): Moved {
  shelf.balance = receive(shelf.balance, quantity, value);
  shelf.moves++;
  return { quantity, value };
}

/** As signed figures of the move. */
export function takeOut(shelf: Shelf, quantity: number): Moved {
  const { balance, value } = issue(shelf.balance, quantity);
  shelf.balance = balance;
  shelf.moves++;
  return { quantity: 0 - quantity, value: 0 - value };
}

function putBalances(database: Database.Database, shelves: readonly Shelf[]): void {
  const insert = insertInto(database, 'stock_balances', 'warehouse_id,part_id,quantity,value,moves');
  for (const { warehouseId, partId, balance, moves } of shelves)
    insert.run(warehouseId, partId, balance.quantity, balance.value, moves);
}

/** Where each part lies: aisles A to T, forty racks, twenty-five shelves. */
export const binOf = (i: number): string =>
  [String.fromCodePoint(65 + (i % 20)), twoDigits(i % 40), twoDigits(Math.floor(i / 800) % 25)].join('-');

const twoDigits = (n: number): string => String(n).padStart(2, '0');

function putPlaces(database: Database.Database, { unitId }: Place, shelves: readonly Shelf[]): void {
  const columns = 'id,unit_id,warehouse_id,part_id,bin,min_quantity,max_quantity,version,created_at';
  const insert = insertInto(database, 'stock_places', columns);
  for (const [i, { warehouseId, partId }] of shelves.entries())
    insert.run(uuidv7(), unitId, warehouseId, partId, binOf(i), 0, 0, 1, START);
}
