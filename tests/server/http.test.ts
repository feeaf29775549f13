import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { FastifyInstance } from 'fastify';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttpApp } from '#server/http/app.ts';
import { databaseIn, openStationService, type StationService } from '#server/station/service.ts';
import { givenCompany, PASSWORD } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';

const INTAKE = {
  customer: { name: '王小明', phone: '13800000001' },
  device: { category: '空调' },
  mode: 'carry-in',
  symptom: '不制冷',
};

let folder: ReturnType<typeof temporaryFolder>;
let service: StationService;
let app: FastifyInstance;
let address: string;
const bugs: unknown[] = [];

beforeAll(async () => {
  folder = temporaryFolder();
  await givenCompany(folder.path, ['clerk', 'keeper']);
  service = await openStationService(databaseIn(folder.path));
  app = await createHttpApp(service, (error) => bugs.push(error));
  address = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app.close();
  await service.close();
  folder.remove();
});

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(`${address}${path}`, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function tokenOf(number: string): Promise<string> {
  const { body } = await post('/api/session/sign-in', { number, password: PASSWORD });
  return String(body['token']);
}

describe('the service over HTTP', () => {
  test('answers the same operation by API and by typed RPC', async () => {
    const authorization = `Bearer ${await tokenOf('clerk')}`;
    const saved = await post('/api/work-orders/register-intake', INTAKE, { authorization });
    expect(saved).toMatchObject({ status: 200, body: { number: expect.stringMatching(/^WO-SH01-/) } });

    const client = createORPCClient<Record<string, Record<string, (input: unknown) => Promise<unknown>>>>(
      new RPCLink({ url: `${address}/rpc`, headers: { authorization } }),
    );
    expect(await client['dictionaries']?.['suggest']?.({ dictionary: 'symptom', fragment: '制' })).toEqual({
      values: ['不制冷'],
    });
  });

  test('does a command once for one Idempotency-Key', async () => {
    const headers = { authorization: `Bearer ${await tokenOf('clerk')}`, 'idempotency-key': 'key-1' };
    const first = await post('/api/work-orders/register-intake', INTAKE, headers);
    const second = await post('/api/work-orders/register-intake', INTAKE, headers);
    expect(second).toEqual(first);
  });

  test('asks for a session', async () => {
    expect(await post('/api/work-orders/register-intake', INTAKE)).toMatchObject({
      status: 401,
      body: { code: 'session.required' },
    });
    expect(await post('/api/work-orders/register-intake', INTAKE, { authorization: 'Bearer forged' })).toMatchObject({
      status: 401,
    });
  });

  test('refuses what the role may not', async () => {
    const authorization = `Bearer ${await tokenOf('keeper')}`;
    const refused = await post('/api/work-orders/register-intake', INTAKE, { authorization });
    expect(refused).toMatchObject({ status: 403, body: { code: 'access.denied', data: { right: 'intake.register' } } });
  });

  test('names the faulty fields of an input', async () => {
    const authorization = `Bearer ${await tokenOf('clerk')}`;
    const refused = await post(
      '/api/work-orders/register-intake',
      { ...INTAKE, symptom: ' ', estimate: -1 },
      { authorization },
    );
    expect(refused).toMatchObject({ status: 400, body: { code: 'input.invalid' } });
    const { faults } = refused.body['data'] as { faults: unknown[] };
    expect(faults).toEqual([
      { path: 'symptom', rule: 'required' },
      { path: 'estimate', rule: 'negative' },
    ]);
  });

  test('survives what is no JSON', async () => {
    const answer = await post('/api/session/sign-in', '{"number":');
    expect(answer.status).toBe(400);
  });

  test('answers only to the name of this machine', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(address);
      const call = request(
        { host: '127.0.0.1', port, path: '/api/openapi.json', headers: { host: 'evil.example' } },
        (answer) => resolve(answer.statusCode),
      );
      call.once('error', reject).end();
    });
    expect(status).toBe(421);
  });

  test('describes every operation with its input', async () => {
    const document = (await (await fetch(`${address}/api/openapi.json`)).json()) as {
      paths: Record<string, { post: { requestBody: object } }>;
    };
    expect(Object.keys(document.paths)).toContain('/work-orders/register-intake');
    expect(JSON.stringify(document.paths['/session/sign-in']?.post.requestBody)).toContain('password');
  });

  test('met no fault of its own', () => {
    expect(bugs).toEqual([]);
  });
});
