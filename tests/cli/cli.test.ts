import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mendway } from '../helpers/cli.ts';
import { inCompany } from '../helpers/service.ts';
import { temporaryFolder } from '../helpers/station.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const COMPANY = ['company', 'create', '--code', 'SH01', '--name', 'Shanghai', '--administrator', 'admin'];

describe('the command line', () => {
  test('lists its verbs when asked, and on an unknown one to stderr with another exit code', async () => {
    const asked = await mendway(['--help']);
    expect(asked.code).toBe(0);
    expect(asked.out).toContain('mendway report run');

    const unknown = await mendway(['frobnicate']);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('frobnicate');
  });

  test.each([
    'company create',
    'enrol',
    'import open-repair',
    'report list',
    'report run',
    'sample create',
    'sample sign-ins',
    'stock verify',
    'sync now',
    'sync status',
  ])('%s explains itself', async (verb) => {
    const help = await mendway([...verb.split(' '), '--help']);
    expect(help.code).toBe(0);
    // Usage, then what it does: more than the line common to all verbs.
    expect(help.out.split('\n\n').length).toBeGreaterThanOrEqual(3);
    expect(help.out.split('\n\n')[1]?.length).toBeGreaterThan(20);
  });

  test('speaks Chinese where the locale does', async () => {
    expect((await mendway(['--help'], { LANG: 'zh_CN.UTF-8' })).out).toContain('用法');
  });

  test('makes a company once', async () => {
    const environment = { MENDWAY_PASSWORD: 'secret2026', MENDWAY_DATA: folder.path };
    const first = await mendway([...COMPANY, '--json'], environment);
    expect(first.code).toBe(0);
    expect(JSON.parse(first.out)).toMatchObject({ code: 'SH01' });

    const second = await mendway(COMPANY, environment);
    expect(second).toMatchObject({ code: 1, out: '' });
    expect(second.err).toContain('a company in this database already');
  });

  test('names the faulty option of a company', async () => {
    const faulty = await mendway([...COMPANY, '--time-zone', 'Mars/Olympus'], {
      MENDWAY_PASSWORD: 'short',
      MENDWAY_DATA: folder.path,
    });
    expect(faulty.code).toBe(1);
    expect(faulty.err).toContain('timeZone');
    expect(faulty.err).toContain('administrator.password');
  });

  test('makes a head office when asked for one, and names the kinds there are', async () => {
    const environment = { MENDWAY_PASSWORD: 'secret2026', MENDWAY_DATA: path.join(folder.path, 'head-office') };
    const wrong = await mendway([...COMPANY, '--kind', 'shop'], environment);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('outlet, head-office');
    expect((await mendway([...COMPANY, '--kind', 'head-office'], environment)).code).toBe(0);
    await inCompany(environment.MENDWAY_DATA, async (run) => {
      expect((await run('organisation.units', {})).units).toMatchObject([{ code: 'SH01', kind: 'head-office' }]);
    });
  });

  test('asks for what is missing, with the usage', async () => {
    const missing = await mendway(['company', 'create'], { MENDWAY_PASSWORD: 'secret2026', MENDWAY_DATA: folder.path });
    expect(missing.code).toBe(2);
    expect(missing.err).toContain('--administrator');
  });

  test('says so where there is no company yet', async () => {
    const none = await mendway(['report', 'run', 'work-orders', '--json'], { MENDWAY_DATA: folder.path });
    expect(none).toMatchObject({ code: 2, out: '' });
    expect(none.err).toContain('company');
  });

  test('lists the sample sign-ins for programs', async () => {
    const { out } = await mendway(['sample', 'sign-ins', '--json']);
    const people = JSON.parse(out) as { number: string; roles: string; password: string }[];
    expect(new Set(people.flatMap(({ roles }) => roles.split(', ')))).toEqual(
      new Set(['clerk', 'dispatcher', 'technician', 'keeper', 'auditor', 'accountant', 'manager', 'administrator']),
    );
  });
});
