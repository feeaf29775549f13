import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mendway } from '../helpers/cli.ts';
import { startCentral, type RunningCentral } from '../helpers/processes.ts';
import { temporaryFolder } from '../helpers/station.ts';
import { givenCode, givenHeadOffice } from '../helpers/head-office.ts';

/** Head office as a process, and PCs that join it by the command line. */
describe('a PC joins a company by the command line', () => {
  const folder = temporaryFolder();
  const place = (name: string) => path.join(folder.path, name);
  let central: RunningCentral;
  let outlet: string;

  beforeAll(async () => {
    mkdirSync(place('central'));
    outlet = await givenHeadOffice(place('central'));
    central = await startCentral(place('central'));
  });
  afterAll(async () => {
    await central?.kill();
    folder.remove();
  });

  const codeFor = () => givenCode(place('central'), outlet);
  const enrol = (name: string, ...args: string[]) =>
    mendway(['enrol', '--server', central.address, '--data', place(name), ...args]);
  const status = (name: string) => mendway(['sync', 'status', '--data', place(name)]);

  test('without the fingerprint, where nobody can be asked, it is shown and nothing is done', async () => {
    const { code } = await codeFor();
    const result = await enrol('cautious', '--code', code);
    expect(result).toMatchObject({ code: 2, out: '' });
    expect(result.err).toContain(central.fingerprint.replaceAll(':', '').slice(0, 4));
    expect(result.err).toContain('--fingerprint');
    expect((await status('cautious')).code).toBe(2);
  });

  test('another fingerprint, a wrong code or no code at all is refused in words', async () => {
    const { code } = await codeFor();
    const other = await enrol('other', '--code', code, '--fingerprint', 'AA:BB');
    expect(other).toMatchObject({ code: 1, out: '' });
    const unknown = await enrol('other', '--code', 'AAAA-AAAA-AAAA', '--fingerprint', central.fingerprint);
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('unknown, used or expired');
    expect(await enrol('other', '--code', 'no', '--fingerprint', central.fingerprint)).toMatchObject({ code: 2 });
    expect(await enrol('other', '--fingerprint', central.fingerprint)).toMatchObject({ code: 2 });
  });

  test('with the code it is the station of its unit, knows its server, and synchronises when asked', async () => {
    const { code } = await codeFor();
    const joined = await enrol('pc', '--code', code.toLowerCase(), '--fingerprint', central.fingerprint, '--json');
    expect(joined.err).not.toContain('fault');
    expect(joined.code).toBe(0);
    expect(JSON.parse(joined.out)).toMatchObject({ unitCode: 'CN01', lost: [] });

    const json = await mendway(['sync', 'status', '--data', place('pc'), '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ serverAddress: central.address, linkState: 'active', refused: 0 });
    const told = await status('pc');
    expect(told.code).toBe(0);
    expect(told.out).toContain(central.address);
    expect(await mendway(['sync', 'now', '--data', place('pc')])).toMatchObject({ code: 0 });
  });

  test('a data folder with a company of its own does not join another', async () => {
    const { code } = await codeFor();
    const again = await enrol('pc', '--code', code, '--fingerprint', central.fingerprint);
    expect(again).toMatchObject({ code: 1, out: '' });
    rmSync(place('pc'), { recursive: true });
  });

  test('a station of its own says that there is no server', async () => {
    const alone = await mendway(['sync', 'status', '--data', place('central')]);
    expect(alone.code).toBe(0);
    expect(alone.out).toContain('no company’s server');
    expect(await mendway(['sync', 'now', '--data', place('central')])).toMatchObject({ code: 1, out: '' });
  });
});
