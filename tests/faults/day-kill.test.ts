import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from '#db/open.ts';
import { firstBrokenAuditLine } from '#db/repositories/audit-log.ts';
import type { Sql } from '#db/store.ts';
import { seededRandom } from '#server/sample/random.ts';
import { databaseIn } from '#server/station/service.ts';
import { startStation, type RunningStation } from '../helpers/processes.ts';
import { givenCompany, PASSWORD } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';

const ROUNDS = 4;
const DESKS = 3; // clerks who save at the same time

let folder: ReturnType<typeof temporaryFolder>;
let running: RunningStation | undefined;
beforeEach(async () => {
  folder = temporaryFolder();
  await givenCompany(folder.path, ['clerk']);
});
afterEach(async () => {
  await running?.kill();
  folder.remove();
});

type Attempt = { commandId: string; input: object; number?: string };

async function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${running?.address}/api/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

/** One desk saves intakes until the service is gone; what was answered is noted. */
async function work(desk: number, round: number, authorization: string, attempts: Attempt[]): Promise<void> {
  for (let n = 0; ; n++) {
    const attempt: Attempt = { commandId: `r${round}-d${desk}-${n}`, input: intakeOf(desk, round, n) };
    attempts.push(attempt);
    try {
      attempt.number = String((await save(attempt, authorization))['number']);
    } catch {
      return; // the power cut
    }
  }
}

const save = (attempt: Attempt, authorization: string) =>
  post('work-orders/register-intake', attempt.input, { authorization, 'idempotency-key': attempt.commandId });

function intakeOf(desk: number, round: number, n: number) {
  const customer = { name: `客户 ${round}-${desk}-${n}`, phone: `138${round}${desk}${String(n).padStart(6, '0')}` };
  return {
    customer,
    device: { category: '空调', serial: `${round}-${desk}-${n}` },
    mode: 'carry-in',
    symptom: '不制冷',
    deposit: { amount: 100, method: 'cash' },
  };
}

test(
  'a power cut in the middle of the day loses nothing that was confirmed and leaves no half document',
  { timeout: 120_000 },
  async () => {
    const seed = Number(process.env['MENDWAY_SEED'] ?? Date.now() % 1_000_000);
    console.info(`seed ${seed}`);
    const random = seededRandom(seed);
    const attempts: Attempt[] = [];

    for (let round = 0; round < ROUNDS; round++) {
      running = await startStation(folder.path);
      const authorization = `Bearer ${String((await post('session/sign-in', { number: 'clerk', password: PASSWORD }))['token'])}`;
      // What was not confirmed before the cut is sent again with the same id, as the interface does.
      for (const attempt of attempts) attempt.number ??= String((await save(attempt, authorization))['number']);
      const desks = Array.from({ length: DESKS }, (_, desk) => work(desk, round, authorization, attempts));
      await sleep(random.between(150, 900));
      await running.kill();
      await Promise.all(desks);
    }

    const confirmed = attempts.filter((attempt) => attempt.number !== undefined);
    expect(confirmed.length).toBeGreaterThan(ROUNDS);
    const store = await openStore(databaseIn(folder.path));
    const numbers = await store.read(registeredNumbers);
    for (const { commandId, number } of confirmed) expect(numbers.get(commandId)).toBe(number);
    expect(await store.read(halfDocuments)).toEqual({
      orders: numbers.size,
      devices: numbers.size,
      customers: numbers.size,
      firstSteps: numbers.size,
      deposits: numbers.size,
    });
    expect(await store.read(firstBrokenAuditLine)).toBeNull();
    expect(await store.read((sql) => sql.first('PRAGMA integrity_check'))).toEqual({ integrityCheck: 'ok' });
    await store.close();
  },
);

/** Numbers of the orders by the command that made them. */
async function registeredNumbers(sql: Sql): Promise<Map<string, string>> {
  const commands = await sql.all<{ id: string; result: string }>(
    "SELECT id, result FROM commands WHERE operation = 'workOrders.registerIntake'",
  );
  return new Map(commands.map(({ id, result }) => [id, (JSON.parse(result) as { number: string }).number]));
}

async function halfDocuments(sql: Sql) {
  const count = async (from: string) => (await sql.first<{ n: number }>(`SELECT COUNT(*) AS n FROM ${from}`))?.n;
  return {
    orders: await count('work_orders'),
    devices: await count('devices'),
    customers: await count('customers'),
    firstSteps: await count('work_order_states WHERE step = 1'),
    deposits: await count("customer_entries WHERE kind = 'deposit'"),
  };
}
