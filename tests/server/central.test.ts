import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate } from '#server/tls/make-certificate.ts';
import { openClient } from '#sync/station/https.ts';
import { postgresFolder, startPostgres } from '../../build/lib/postgres.mjs';
import { mendway } from '../helpers/cli.ts';
import { startCentral, type RunningCentral } from '../helpers/processes.ts';
import { givenCompany, PASSWORD } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { isMissing } from '../helpers/tools.ts';
import { callerOf } from './lib/caller.ts';

const HEAD_OFFICE = ['--code', 'HQ', '--name', '总部', '--administrator', 'admin', '--kind', 'head-office'];

function makeHeadOffice(dataFolder: string, databaseUrl = '') {
  const environment = { MENDWAY_PASSWORD: PASSWORD, DATABASE_URL: databaseUrl };
  return mendway(['company', 'create', '--data', dataFolder, ...HEAD_OFFICE], environment);
}

const supplier = (name: string) => ({ fields: { name, phone: '' } });

describe('the central server on SQLite', () => {
  const folder = temporaryFolder();
  let central: RunningCentral;
  const stop = { now: async () => undefined as unknown };

  beforeAll(async () => {
    expect(await makeHeadOffice(folder.path)).toMatchObject({ code: 0 });
    central = await startCentral(folder.path);
    stop.now = () => central.kill();
  });
  afterAll(async () => {
    await stop.now();
    folder.remove();
  });

  test('answers over HTTPS with the certificate whose fingerprint it printed', async () => {
    const { call, signIn, close } = callerOf(central);
    const session = await signIn('admin');
    expect(await call('/api/session/current', {}, session)).toMatchObject({
      status: 200,
      body: { station: { code: 'HQ' } },
    });
    close();
  });

  test('serves the description of its API and the place where stations synchronise', async () => {
    const client = openClient({ ...central, timeoutMs: 30_000 });
    const get = async (path: string, headers = {}) => {
      const answer = await client.request({ method: 'GET', path, headers });
      return { status: answer.status, text: (await answer.body()).toString() };
    };
    expect((await get('/api/openapi.json')).text).toContain('/session/sign-in');
    expect(await get('/sync/v1/about')).toMatchObject({ status: 200 });
    expect(await get('/sync/v1/nothing')).not.toMatchObject({ status: 200 });
    expect(await get('/', { host: 'evil.example' })).toMatchObject({ status: 421 });
    client.close();
  });

  test('has what the system itself punishes by on its list, once, however often it starts', async () => {
    const items = async () => {
      const { call, signIn, close } = callerOf(central);
      const { body } = await call('/api/payroll/list-items', {}, await signIn('admin'));
      close();
      return (body['rows'] as readonly { code: string; kind: string }[]).map(({ code, kind }) => [code, kind]);
    };
    expect(await items()).toEqual([['OLD-PART', 'penalty']]);
    await central.stop();
    central = await startCentral(folder.path);
    expect(await items()).toEqual([['OLD-PART', 'penalty']]);
  });

  test('stops as a service manager asks it to, and comes back as the same', async () => {
    const { address, fingerprint } = central;
    expect(await central.stop()).toBe(0);
    central = await startCentral(folder.path, { port: Number(new URL(address).port) });
    expect(central).toMatchObject({ address, fingerprint });
  });

  test("does not serve a station's database, and says how to make its own", async () => {
    const other = temporaryFolder();
    await givenCompany(other.path);
    const refused = await mendway(['server', '--data', other.path, '--port', '0', '--host', '127.0.0.1']);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('company create --kind head-office') });
    other.remove();
  });

  test('does not start with a certificate that has run out', async () => {
    const { cert, key } = await makeCertificate({ names: ['localhost'], now: Date.now(), years: -1 });
    const files = [path.join(folder.path, 'cert.pem'), path.join(folder.path, 'key.pem')] as const;
    writeFileSync(files[0], cert);
    writeFileSync(files[1], key);
    const call = ['server', '--data', folder.path, '--port', '0', '--cert', files[0], '--key', files[1]];
    expect(await mendway(call)).toMatchObject({ code: 1, err: expect.stringContaining('renewed') });
  });

  test.each([[['--cert', 'cert.pem']], [['--port', 'x']]])('does not understand %s', async (args) => {
    expect(await mendway(['server', '--data', folder.path, ...args])).toMatchObject({ code: 2 });
  });
});

describe.skipIf(isMissing('postgresql') || !postgresFolder())('two central servers on one PostgreSQL', () => {
  const folder = temporaryFolder();
  let cluster: Awaited<ReturnType<typeof startPostgres>> | undefined;
  let servers: readonly RunningCentral[] = [];
  let callers: readonly ReturnType<typeof callerOf>[] = [];

  beforeAll(async () => {
    cluster = await startPostgres(postgresFolder() ?? '', { synchronous_commit: 'on' });
    const databaseUrl = cluster.url;
    expect(await makeHeadOffice(folder.path, databaseUrl)).toMatchObject({ code: 0 });
    servers = await Promise.all([0, 1].map(() => startCentral(folder.path, { databaseUrl })));
    callers = servers.map(callerOf);
  });
  afterAll(async () => {
    for (const { close } of callers) close();
    await Promise.all(servers.map(({ kill }) => kill()));
    await cluster?.stop();
    folder.remove();
  });

  const at = (index: number) => callers[index] ?? expect.unreachable('no server');
  const names = async (index: number, session: Record<string, string>) => {
    const { body } = await at(index).call('/api/setup/list-suppliers', {}, session);
    return (body['rows'] as { name: string }[]).map(({ name }) => name);
  };

  test('the company was made there, and both show the same certificate', async () => {
    expect(new Set(servers.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(new Set(servers.map(({ address }) => address)).size).toBe(2);
  });

  test('a session made at one is good at the other, and both see what is written at either', async () => {
    const session = await at(0).signIn('admin');
    expect(await at(1).call('/api/setup/save-supplier', supplier('甲'), session)).toMatchObject({ status: 200 });
    expect(await at(0).call('/api/setup/save-supplier', supplier('乙'), session)).toMatchObject({ status: 200 });
    expect(await names(0, session)).toEqual(expect.arrayContaining(['甲', '乙']));
    expect(await names(1, session)).toEqual(await names(0, session));
    await at(1).call('/api/session/sign-out', {}, session);
    expect(await at(0).call('/api/session/current', {}, session)).toMatchObject({ status: 401 });
  });

  test('the same command sent to both is done once', async () => {
    const session = { ...(await at(0).signIn('admin')), 'idempotency-key': 'once' };
    const answers = await Promise.all(
      [0, 1].map((i) => at(i).call('/api/setup/save-supplier', supplier('丙'), session)),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect((await names(0, session)).filter((name) => name === '丙')).toHaveLength(1);
  });

  test('many commands at both leave one whole audit log', async () => {
    const session = await at(0).signIn('admin');
    const calls = Array.from({ length: 40 }, (_, i) =>
      at(i % 2).call('/api/setup/save-supplier', supplier(`S${i}`), session),
    );
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(calls.map(() => 200));
  });

  test('while PostgreSQL is away they say so, and afterwards they go on', async () => {
    const session = await at(0).signIn('admin');
    await cluster?.halt();
    const away = await Promise.all(
      [0, 1].map((i) => at(i).call('/api/setup/save-supplier', supplier('away'), session)),
    );
    for (const answer of away)
      expect(answer).toMatchObject({ status: 503, body: { code: 'server.database-unavailable' } });
    await cluster?.resume();
    for (const i of [0, 1])
      expect(await at(i).call('/api/session/current', {}, session)).toMatchObject({ status: 200 });
    expect(await names(1, session)).not.toContain('away');
    expect(await at(1).call('/api/setup/save-supplier', supplier('back'), session)).toMatchObject({ status: 200 });
  });
});
