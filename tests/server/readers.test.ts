import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DomainError } from '#domain/errors.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { openReaders, type Readers } from '#server/station/readers.ts';
import { databaseIn, openEnvironment } from '#server/station/service.ts';
import { givenCompany } from '#tests/helpers/service.ts';
import { temporaryFolder } from '#tests/helpers/station.ts';

/** Threads that read, whatever becomes of a query or of a thread. */
describe('reader threads', () => {
  const folder = temporaryFolder();
  let readers: Readers;

  beforeEach(async () => {
    const address = databaseIn(path.join(folder.path, `company-${Math.random()}`));
    await givenCompany(path.dirname(address.kind === 'sqlite' ? address.filename : ''));
    const { environment, store } = await openEnvironment(address);
    await store.close();
    readers = openReaders(address, environment.station);
  });
  afterEach(async () => {
    await readers.close();
  });

  afterAll(() => folder.remove());

  const ask = (signal?: AbortSignal, input: unknown = {}) =>
    readers.query({ operation: 'workOrders.list', actor: COMMAND_LINE, input }, signal);

  test('many queries at once are all answered', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask()));
    expect(answers).toEqual(Array.from({ length: 20 }, () => ({ rows: [], total: 0 })));
  });

  test('a refusal comes back as the refusal it was', async () => {
    await expect(ask(undefined, { limit: -1 })).rejects.toBeInstanceOf(DomainError);
  });

  test('a query that is no longer wanted ends at once, and the next one is answered', async () => {
    const controller = new AbortController();
    const unwanted = ask(controller.signal);
    controller.abort(new Error('no longer wanted'));
    await expect(unwanted).rejects.toThrow('no longer wanted');
    await expect(ask(controller.signal)).rejects.toThrow('no longer wanted');
    expect(await Promise.all([ask(), ask(), ask()])).toHaveLength(3);
  });

  test('the others that wait for the same thread are answered all the same', async () => {
    const controller = new AbortController();
    const [, , unwanted, ...others] = [ask(), ask(), ask(controller.signal), ask(), ask()];
    controller.abort(new Error('no longer wanted'));
    await expect(unwanted).rejects.toThrow('no longer wanted');
    expect(await Promise.all(others)).toHaveLength(2);
  });

  test('when the threads are closed nobody is left waiting', async () => {
    const waiting = [ask(), ask(), ask()];
    const ended = Promise.allSettled(waiting);
    await readers.close();
    expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(ask()).rejects.toThrow('closed');
  });
});

test('a thread that cannot start refuses its queries and is not started over and over', async () => {
  const folder = temporaryFolder();
  const station = { unitId: 'u', code: 'SH01', name: '一站', timeZone: 'Asia/Shanghai', currency: 'CNY' };
  const readers = openReaders({ kind: 'sqlite', filename: path.join(folder.path, 'missing.db') }, station);
  const query = () => readers.query({ operation: 'workOrders.list', actor: COMMAND_LINE, input: {} });
  try {
    await expect(query()).rejects.toThrow();
    await expect(query()).rejects.toThrow();
  } finally {
    await readers.close();
    folder.remove();
  }
});
