import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../helpers/station.ts';
import { openBook, type Book } from './book.ts';
import { createCompany, type Outlet } from './company.ts';
import type { Places } from './places.ts';
import { openFile, reachOf, strangersIn } from './replicas.ts';
import { unsettled, violationsAtRest } from './rest.ts';
import { planAtRest } from './scripted-plan.ts';

/** The checks of the fault test see what they are there for: a test that finds nothing must be able to find something. */

let folder: ReturnType<typeof temporaryFolder>;
let north: Outlet;
let southId: string;
let places: Places;
let server: string;
let station: string;
let book: Book;

beforeEach(async () => {
  folder = temporaryFolder();
  book = openBook();
  [server, station] = ['server.db', 'station.db'].map((name) => path.join(folder.path, name)) as [string, string];
  const { outlets, ...company } = await createCompany({ kind: 'sqlite', filename: server }, { NO: 1, SO: 0 });
  const [, outlet, south] = outlets;
  if (!outlet || !south) throw new Error('three outlets are needed');
  north = outlet;
  southId = south.unitId;
  places = company.places;
  change(server, `VACUUM INTO '${station}'`);
  change(station, `UPDATE sync_session SET origin = 'server'`);
  change(station, `UPDATE employees SET base_salary = 0 WHERE unit_id <> '${north.unitId}'`);
  change(station, `DELETE FROM credentials WHERE unit_id <> '${north.unitId}'`);
  change(station, `DELETE FROM dictionary_entries`);
  change(server, `UPDATE sync_session SET origin = 'test'`);
});
afterEach(() => folder.remove());

function change(filename: string, sql: string): void {
  const database = new Database(filename);
  database.exec(sql);
  database.close();
}

const customer = (id: string, unitId: string, name = '王') =>
  `INSERT INTO customers (id, unit_id, kind, name, phone, second_phone, address, note, search_text, version, created_at)
   VALUES ('${id}', '${unitId}', 'person', '${name}', '13800000000', '', '', '', '', 1, 1)`;

const strangers = async () => {
  const reader = openFile(station);
  const found = await strangersIn(reader, north, await reachOf(reader, north, places));
  await reader.close();
  return found;
};

const atRest = () => ({
  central: { kind: 'sqlite', filename: server } as const,
  stations: new Map([[north, station]]),
  places,
  book,
});

test('two equal replicas and an empty book are in order', async () => {
  expect(await strangers()).toEqual([]);
  expect(await violationsAtRest(atRest())).toEqual([]);
});

test("another region's row, and what somebody else's people earn, are seen where they must not be", async () => {
  change(station, customer('c-1', southId));
  change(station, `UPDATE employees SET base_salary = 1 WHERE number = 'SO-desk'`);
  expect(await strangers()).toEqual([
    `NO1 has row c-1 of customers, which is ${southId}'s`,
    'NO1 knows what SO-desk of another unit earns',
  ]);
});

/** The station's server has told it all up to there. */
const hasComeTo = (cursor: string) =>
  change(
    station,
    `DELETE FROM server_link;
     INSERT INTO server_link (id, address, station_id, token, server_database_id, state, pushed_seq, pushed_digest, pull_cursor,
       scope, last_error, last_error_detail, clock_offset, enrolled_at)
     VALUES (1, '', '', '', '', 'active', 0, '', '${cursor}', '{}', '', '{}', 0, 1)`,
  );

test('what an outlet saw before it went to another region may stay until its station has been told, and no longer', async () => {
  const [centre = ''] = places.centres;
  change(station, customer('c-1', centre));
  hasComeTo('0:50');
  const move = places.begin(north.unitId, southId);
  expect(await strangers()).toEqual([]);
  move.standsAt({ turn: 0, seq: 60 });
  expect(await strangers()).toEqual([]);
  hasComeTo('0:60');
  expect(await strangers()).toEqual([`NO1 has row c-1 of customers, which is ${centre}'s`]);
});

test('what it sees of its new region is right from the moment head office begins, and wrong when it has gone back again', async () => {
  const [centre = ''] = places.centres;
  change(station, customer('c-1', southId));
  hasComeTo('0:50');
  expect(await strangers()).toHaveLength(1);
  places.begin(north.unitId, southId).standsAt({ turn: 0, seq: 60 });
  expect(await strangers()).toEqual([]);
  hasComeTo('0:70');
  expect(await strangers()).toEqual([]);
  places.begin(north.unitId, centre).standsAt({ turn: 0, seq: 80 });
  expect(await strangers()).toEqual([]);
  hasComeTo('0:80');
  expect(await strangers()).toHaveLength(1);
});

test('what a unit below earns may be known to a centre until its station has been told that the unit has left', async () => {
  const [centre = ''] = places.centres;
  north = { ...north, code: 'NO', unitId: centre };
  change(station, `UPDATE employees SET base_salary = 1 WHERE number = 'NO1-desk'`);
  hasComeTo('0:50');
  const [outlet = ''] = places.reach(centre).units.filter((unitId) => unitId !== centre);
  places.begin(outlet, southId).standsAt({ turn: 0, seq: 60 });
  const earns = 'NO knows what NO1-desk of another unit earns';
  expect(await strangers()).not.toContain(earns);
  hasComeTo('0:61');
  expect(await strangers()).toContain(earns);
});

test('at rest nothing of the old region is left, and what is referred to may be missing only if it is seen no more', async () => {
  const [centre = ''] = places.centres;
  const device = (id: string, customerId: string) =>
    `INSERT INTO devices (id, unit_id, customer_id, category, brand, model, serial, place_of_purchase, note, search_text, version,
       created_at)
     VALUES ('${id}', '${north.unitId}', '${customerId}', '', '', '', '', '', '', '', 1, 1)`;
  for (const id of ['c-1', 'c-2']) change(server, customer(id, id === 'c-1' ? centre : north.unitId));
  for (const filename of [server, station]) change(filename, `PRAGMA foreign_keys = OFF; ${device('d-1', 'c-1')}`);
  places.begin(north.unitId, southId).standsAt({ turn: 0, seq: 60 });
  change(station, customer('c-2', north.unitId));
  expect(await violationsAtRest(atRest())).toEqual([]);
  for (const filename of [server, station]) change(filename, `PRAGMA foreign_keys = OFF; ${device('d-2', 'c-3')}`);
  expect(await violationsAtRest(atRest())).toEqual(["NO1: a row of devices refers to a customers that isn't there"]);
  change(station, customer('c-1', centre));
  expect(await violationsAtRest(atRest())).toContain(`NO1 has row c-1 of customers, which is ${centre}'s`);
});

test('a row that is missing, too many or another one is named', async () => {
  change(server, customer('c-1', north.unitId));
  change(server, customer('c-2', north.unitId, '李'));
  change(station, customer('c-2', north.unitId, '张'));
  change(station, customer('c-3', north.unitId));
  expect(await unsettled(atRest())).toEqual([
    'NO1: customers c-1 is at the server only',
    'NO1: customers c-2: name is 李 at the server, 张 here',
    'NO1: customers c-3 is at the station only',
  ]);
});

test('a document that was confirmed and is nowhere is missed, at the server and at its station', async () => {
  book.document('work_orders', north.unitId, 'WO-1');
  expect(await violationsAtRest(atRest())).toEqual([
    'server: work_orders WO-1 was confirmed and is there 0 times',
    'NO1: work_orders WO-1 was confirmed and is there 0 times',
  ]);
});

test('parts, pay and money that are not what the book says are reported', async () => {
  book.stock(5000, 700);
  book.pay(1, 300);
  book.money(100);
  book.deposit(50);
  expect(await violationsAtRest(atRest())).toEqual([
    'parts in stock and in transit: 0, and 5000 by the book',
    'their value: 0, and 700 by the book',
    'entries of pay: 0, and 1 by the book',
    'their amount: 0, and 300 by the book',
    'money taken from customers: 0, and 100 by the book',
    'deposits held: 0, and 50 by the book',
  ]);
});

test('what is missing of the scripted plan, and what is there twice, is named for server and station', async () => {
  const plan = { id: 'p-1', transferId: 't-1', outletId: north.unitId, centreId: places.regionOf(north.unitId) };
  const shipment = (id: string) =>
    `INSERT INTO requests (id, unit_id, to_unit_id, kind, number, content, note, requested_on, employee_id, employee_name,
       withdrawn_reason, version, created_at, subject, for_request_id)
     VALUES ('${id}', '${plan.centreId}', '${north.unitId}', 'transfer', '${id}', '{}', '', '2026-01-01', 'e', 'e', '', 1, 1, '', 'p-1')`;
  for (const id of ['t-1', 't-2']) change(server, shipment(id));
  change(station, shipment('t-1'));
  const found = await planAtRest(atRest(), plan);
  expect(found).toContain('server: of the scripted plan "asked transfer" is there 2 times');
  expect(found).toContain('NO1: of the scripted plan "asked requisition" is there 0 times');
  expect(found).toContain('NO1: of the scripted plan "document receipt 4500" is there 0 times');
  expect(found).not.toContain('NO1: of the scripted plan "asked transfer" is there 1 times');
  expect(found).not.toContain('NO1: of the scripted plan "document issue -6000" is there 0 times');
});

test('a document nobody was told of is one too many', async () => {
  for (const filename of [server, station])
    change(
      filename,
      `INSERT INTO requests (id, unit_id, to_unit_id, kind, number, content, note, requested_on, employee_id, employee_name,
         withdrawn_reason, version, created_at, subject)
       VALUES ('r-1', '${north.unitId}', '${southId}', 'referral', 'RF-1', '{}', '', '2026-01-01', 'e', 'e', '', 1, 1, '')`,
    );
  expect(await violationsAtRest(atRest())).toEqual([
    'server: nobody was told of requests RF-1',
    'NO1: nobody was told of requests RF-1',
  ]);
});
