import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asFailure } from '#db/failures.ts';
import { firstBrokenAuditLine } from '#db/repositories/audit-log.ts';
import { createHttpApp } from '#server/http/app.ts';
import { networkDoor } from '#server/http/door.ts';
import { databaseIn, openStationService, type StationService } from '#server/station/service.ts';
import { limitBySource } from '#server/station/source-limit.ts';
import { openStrangers } from '#server/station/strangers.ts';
import { givenCompany, PASSWORD } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';

const SUPPLIER = { fields: { name: '华东配件', phone: '' } };
const MEGABYTE = 1024 * 1024;

describe('what strangers may cost the service', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let service: StationService;
  let app: FastifyInstance;

  beforeEach(async () => {
    folder = temporaryFolder();
    await givenCompany(folder.path, ['keeper']);
    service = await openStationService(databaseIn(folder.path));
    app = await createHttpApp(service, (error) => expect.unreachable(String(error)));
  });
  afterEach(async () => {
    await app.close();
    await service.close();
    folder.remove();
  });

  type Options = Readonly<{ headers?: Record<string, string>; from?: string }>;

  async function call(path: string, payload: object | string, { headers = {}, from = '127.0.0.1' }: Options = {}) {
    const answer = await app.inject({
      method: 'POST',
      url: path,
      payload,
      remoteAddress: from,
      headers: { host: 'localhost', 'content-type': 'application/json', ...headers },
    });
    return { status: answer.statusCode, code: answer.json<{ code?: string }>().code, body: answer.json<object>() };
  }
  const audited = () =>
    service.store.read((sql) =>
      sql.all<{ operation: string; change: string }>('SELECT operation, change FROM audit_log'),
    );
  const signIn = async (number = 'admin') => {
    const { body } = await call('/api/session/sign-in', { number, password: PASSWORD });
    return { authorization: `Bearer ${(body as { token: string }).token}` };
  };

  test('commands without a session are refused, and told together in one line', async () => {
    const strangers = openStrangers(service.environment);
    const before = (await audited()).length;
    for (let i = 0; i < 5; i++) expect(await call('/api/setup/save-supplier', SUPPLIER)).toMatchObject({ status: 401 });
    expect(await audited()).toHaveLength(before);

    for (let i = 0; i < 30; i++) strangers.note('setup.saveSupplier');
    strangers.note('stock.receive');
    await strangers.close();
    await strangers.close();
    const lines = (await audited()).slice(before);
    expect(lines.map(({ operation, change }) => [operation, JSON.parse(change) as object])).toEqual([
      [
        'session.required',
        { code: 'session.required', details: {}, after: { 'setup.saveSupplier': 30, 'stock.receive': 1 } },
      ],
    ]);
    expect(await service.store.read(firstBrokenAuditLine)).toBeNull();
  });

  test('the line comes by itself, and no more often than said', async () => {
    const strangers = openStrangers(service.environment, 50);
    const before = (await audited()).length;
    strangers.note('stock.receive');
    strangers.note('stock.receive');
    await expect.poll(async () => (await audited()).length).toBe(before + 1);
    await strangers.close();
  });

  test('sixty failed sign-ins an hour from one address, and then none is heard; others are, and those that succeed do not count', async () => {
    const signInFrom = (from: string, password = 'wrong') =>
      call('/api/session/sign-in', { number: 'admin', password }, { from });
    const incomplete = () => call('/api/session/sign-in', {}, { from: '10.0.0.9' });
    for (let i = 0; i < 59; i++) expect(await incomplete()).toMatchObject({ status: 400 });
    for (let i = 0; i < 2; i++) expect(await signInFrom('10.0.0.9', PASSWORD)).toMatchObject({ status: 200 });
    expect(await signInFrom('10.0.0.9')).toMatchObject({ status: 401, code: 'sign-in.wrong' });

    const lines = (await audited()).length;
    expect(await signInFrom('10.0.0.9', PASSWORD)).toMatchObject({
      status: 429,
      code: 'sign-in.too-many',
      body: { data: { minutes: 60 } },
    });
    expect(await audited()).toHaveLength(lines);
    expect(await signInFrom('10.0.0.10')).toMatchObject({ status: 401 });
  });

  test('a long body is taken from somebody who is signed in, from nobody else', async () => {
    const long = { fields: { name: 'x'.repeat(200_000), phone: '' } };
    expect(await call('/api/setup/save-supplier', long)).toMatchObject({ status: 401, code: 'session.required' });
    expect(await call('/rpc/setup/saveSupplier', { json: long })).toMatchObject({
      status: 401,
      body: { json: { code: 'session.required' } },
    });
    expect(await call('/api/setup/save-supplier', long, { headers: await signIn() })).toMatchObject({
      status: 400,
      code: 'input.invalid',
    });
  });

  test('a body that is too long, or does not say how long it is, is not read', async () => {
    const session = await signIn();
    const of = (length: number) => ({ headers: { ...session, 'content-length': String(length) } });
    expect(await call('/api/setup/save-supplier', '', of(129 * MEGABYTE))).toMatchObject({ status: 413 });
    expect(await call('/sync/v1/push', '', of(33 * MEGABYTE))).toMatchObject({ status: 413 });
    expect(
      await call('/api/setup/save-supplier', SUPPLIER, { headers: { ...session, 'transfer-encoding': 'chunked' } }),
    ).toMatchObject({ status: 411 });
  });

  test('a full disk is told as such, nothing is half done, and with room it goes on', async () => {
    const session = await signIn();
    const notes = { fields: { name: 'a'.repeat(60), phone: '' } };
    await service.store.write((trx) => trx.all('PRAGMA max_page_count = 1')); // no more pages than there are
    let full: Awaited<ReturnType<typeof call>> | undefined;
    for (let i = 0; i < 2000 && full?.status !== 507; i++)
      full = await call(
        '/api/setup/save-supplier',
        { fields: { ...notes.fields, name: `${i}${notes.fields.name}` } },
        { headers: session },
      );
    expect(full).toMatchObject({ status: 507, code: 'server.disk-full' });
    const rows = await service.store.read((sql) => sql.first<{ n: number }>('SELECT COUNT(*) AS n FROM suppliers'));
    const lines = (await audited()).filter(({ operation }) => operation === 'setup.saveSupplier');
    expect(lines).toHaveLength(rows?.n ?? -1);

    await service.store.write((trx) => trx.all('PRAGMA max_page_count = 1000000'));
    expect(await call('/api/setup/save-supplier', SUPPLIER, { headers: session })).toMatchObject({ status: 200 });
    expect(await service.store.read(firstBrokenAuditLine)).toBeNull();
  });
});

describe('failures of the machine', () => {
  const failure = (fields: object) => asFailure(Object.assign(new Error('x'), fields));

  test.each(['SQLITE_FULL', 'ENOSPC', '53100'])('%s is a full disk', (code) => {
    expect(failure({ code })).toMatchObject({ code: 'server.disk-full' });
  });

  test.each(['ECONNREFUSED', '57P01', '57P03', '08006', '53300'])('%s is a database that is away', (code) => {
    expect(failure({ code })).toMatchObject({ code: 'server.database-unavailable' });
  });

  test.each([['23505'], ['SQLITE_CONSTRAINT_UNIQUE'], ['']])('%s is neither', (code) => {
    const error = Object.assign(new Error('x'), { code });
    expect(asFailure(error)).toBe(error);
  });
});

test('a network of IPv6 addresses counts as one, and the same address in both notations', () => {
  const limit = limitBySource({ most: 1, withinMs: 60_000, now: () => 0 });
  expect(limit.take('2001:db8:1:2::1').isTaken).toBe(true);
  expect(limit.take('2001:db8:1:2:ffff::7').isTaken).toBe(false);
  expect(limit.take('2001:db8:1:3::1').isTaken).toBe(true);
  expect(limit.take('::ffff:10.0.0.1').isTaken).toBe(true);
  expect(limit.take('10.0.0.1')).toEqual({ isTaken: false, minutes: 1 });
});

test('over a network only our own names are answered, and any address', () => {
  const certificate = { cert: '', key: '', fingerprint: '', names: ['mendway.example', '*.depot.example'] };
  const { isOurName } = networkDoor(certificate, ['Other.example']);
  const answers = ['mendway.example', 'a.depot.example', 'other.example', '10.1.2.3', '[fd00::1]'].map(isOurName);
  expect(answers).toEqual([true, true, true, true, true]);
  expect(['evil.example', 'x.mendway.example', 'a.b.depot.example', 'depot.example'].map(isOurName)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
