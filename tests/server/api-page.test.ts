import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationNames, operations } from '#operations/index.ts';
import { startStation, type RunningStation } from '../helpers/processes.ts';
import { givenCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';

type Described = Readonly<{
  paths: Readonly<Record<string, Readonly<{ post: Readonly<Record<string, unknown>> }>>>;
  webhooks: Readonly<Record<string, unknown>>;
  components: Readonly<{ responses: Readonly<Record<string, Readonly<{ description: string }>>> }>;
}>;

describe('the API described', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let station: RunningStation;
  let document: Described;
  beforeAll(async () => {
    folder = temporaryFolder();
    await givenCompany(folder.path);
    station = await startStation(folder.path);
    document = (await (await fetch(`${station.address}/api/openapi.json`)).json()) as Described;
  });
  afterAll(async () => {
    await station?.kill();
    folder?.remove();
  });

  test('with every operation, the session, and the key that makes a command safe to repeat', () => {
    const described = Object.values(document.paths).map(({ post }) => post);
    expect(described.map(({ operationId }) => String(operationId)).toSorted()).toEqual(operationNames.toSorted());
    for (const { operationId, parameters } of described) {
      const { kind } = operations[operationId as (typeof operationNames)[number]];
      expect([operationId, JSON.stringify(parameters ?? []).includes('Idempotency-Key')]).toEqual([
        operationId,
        kind === 'command',
      ]);
    }
    expect(document.paths['/session/sign-in']?.post['security']).toEqual([]);
    expect(document).toMatchObject({ security: [{ session: [] }], components: { securitySchemes: { session: {} } } });
  });

  test('with what may be refused, under the status it comes with', () => {
    const { responses } = document.components;
    expect(responses['Refused409']?.description).toContain('`document.changed`');
    expect(responses['Refused403']?.description).toContain('`access.denied`');
    expect(responses['Refused422']?.description).toContain('`stock.insufficient`');
    expect(document.paths['/billing/settle']?.post['responses']).toMatchObject({
      409: { $ref: '#/components/responses/Refused409' },
    });
    expect(Object.keys(document.webhooks)).toContain('settlement.made');
  });
});

test('nothing else of the library is served', async () => {
  const folder = temporaryFolder();
  await givenCompany(folder.path);
  const station = await startStation(folder.path);
  for (const file of ['package.json', 'index.html', 'swagger-initializer.js', '../openapi-nothing.json'])
    expect([file, (await fetch(`${station.address}/api/docs/${file}`)).status]).toEqual([file, 404]);
  await station.kill();
  folder.remove();
});
