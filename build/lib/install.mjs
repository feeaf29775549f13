// Makes node_modules agree with package-lock.json, or says why it cannot.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Refusal, ROOT, run, say } from './run.mjs';

const MODULES = path.join(ROOT, 'node_modules');

/**
 * Whether what npm recorded as installed is what the lock file asks for. npm writes its record last, so an interrupted
 * installation counts as none. Packages for other platforms may be absent, but not present in another version.
 */
function isInstalled() {
  const record = path.join(MODULES, '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = packagesIn(path.join(ROOT, 'package-lock.json'));
  const present = packagesIn(record);
  return Object.entries(wanted).every(
    ([name, { version, optional }]) =>
      name === '' || (present[name] ? present[name].version === version : optional === true),
  );
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch (error) {
    throw new Refusal(`${path.relative(ROOT, file)} cannot be read: ${error.message}`);
  }
}

/** Installs the packages if they are missing or others than the lock file says. Returns whether it had to. */
export async function installIfNeeded() {
  if (isInstalled()) return false;
  say('Installing packages (only after a change of package-lock.json) …');
  const started = Date.now();
  const ticker = setInterval(() => say(`  … ${seconds(started)} s`), 5000);
  const code = await runNpm().finally(() => clearInterval(ticker));
  if (code !== 0) {
    throw new Refusal(
      `npm could not install the packages (exit code ${code}; its reason is above). ` +
        'Mendway needs the npm registry once; try again when it can be reached.',
    );
  }
  say(`Packages installed in ${seconds(started)} s.`);
  return true;
}

/** npm's own words go to stderr: stdout belongs to the command that was asked for. */
function runNpm() {
  const options = { stdio: ['ignore', 2, 2], env: withoutNpmRunSettings() };
  const args = [installVerb(), '--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error'];
  const script = process.env.npm_execpath;
  if (script && existsSync(script) && /npm-cli\.[cm]?js$/.test(script)) {
    const node = process.env.npm_node_execpath;
    return run(node && existsSync(node) ? node : process.execPath, [script, ...args], options);
  }
  return run('npm', args, { ...options, shell: process.platform === 'win32' }).catch((error) => {
    throw new Refusal(`npm cannot be started: ${error.message}`);
  });
}

/** `npm ci` deletes node_modules first, which Windows refuses while the Node in it runs this script. */
function installVerb() {
  const runsFromModules = process.execPath.startsWith(MODULES + path.sep);
  return process.platform === 'win32' && runsFromModules ? 'install' : 'ci';
}

/** `npm run -s` hands its silence down through the environment; an installation that fails must say why. */
function withoutNpmRunSettings() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_config_(loglevel|json)$/i.test(name)),
  );
}

const seconds = (since) => Math.round((Date.now() - since) / 1000);
