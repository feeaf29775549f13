// Programs that the tests use beside Node: found, or installed through apt when we may, or named as missing.
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { postgresFolder } from './postgres.mjs';
import { run, say } from './run.mjs';

const onPath = (...names) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find((file) => existsSync(file));

const CHINESE_FONTS = ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', '/usr/share/fonts/noto-cjk'];

/** LibreOffice can be there without its spreadsheet: then `soffice` answers, but opens no Excel file. */
function spreadsheet() {
  const office = onPath('soffice', 'libreoffice');
  const program = office && path.dirname(realpathSync(office));
  return program && readdirSync(program).find((name) => name.startsWith('libsclo.'));
}

/** `name` is what MENDWAY_TEST_MISSING lists and the tests ask for. */
const TOOLS = [
  { name: 'chromium', package: 'chromium', find: () => onPath('chromium', 'chromium-browser', 'google-chrome') },
  { name: 'chinese-fonts', package: 'fonts-noto-cjk', find: () => CHINESE_FONTS.find((file) => existsSync(file)) },
  { name: 'postgresql', package: 'postgresql', find: postgresFolder },
  { name: 'libreoffice', package: 'libreoffice-calc', find: spreadsheet },
];

const missingTools = () => TOOLS.filter((tool) => !tool.find());

/** Installs what is missing when this is root on a Debian; gives the names of what is still missing, and says so. */
export async function provideTools() {
  const missing = missingTools();
  if (missing.length > 0 && process.getuid?.() === 0 && onPath('apt-get')) await installWithApt(missing);
  const still = missingTools();
  if (still.length > 0) {
    say(`Not installed: ${still.map(({ name }) => name).join(', ')}. What needs them is skipped.`);
    say(`  To run it, too: apt-get install --no-install-recommends ${still.map((tool) => tool.package).join(' ')}`);
  }
  return still.map(({ name }) => name);
}

async function installWithApt(tools) {
  const names = tools.map((tool) => tool.package);
  say(`Installing ${names.join(', ')} through apt …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-q', '-o', 'Dpkg::Use-Pty=0'];
  const options = { env, stdio: ['ignore', 2, 2] };
  await run('apt-get', ['update', ...quiet], options);
  const code = await run('apt-get', ['install', '-y', '--no-install-recommends', ...quiet, ...names], options);
  if (code !== 0) say(`apt-get could not install them (exit code ${code}).`);
}
