import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createCompanyIn } from '#server/station/create-company.ts';
import { databaseIn } from '#server/station/service.ts';
import { temporaryFolder } from '#tests/helpers/station.ts';
import { createFakeElectron } from './lib/fake-electron.ts';
import { openDesktopPage } from './lib/page.ts';

/** The main process itself, on a played Electron, with the real station process and the interface's real client. */

const folder = temporaryFolder();
const data = path.join(folder.path, 'data');
const electron = createFakeElectron(folder.path);
vi.doMock('electron', () => electron.module);
vi.stubEnv('MENDWAY_DATA', data);

const page = openDesktopPage();
const { call } = await import('#renderer/api/client.ts');
const { keepToken } = await import('#renderer/api/token.ts');

const OWN = { url: 'mendway://app/index.html', parent: null };
const window = () => electron.windows[0];
const ask = (channel: string, frame: unknown, ...values: unknown[]) =>
  electron.ipcMain.emit(channel, { senderFrame: frame }, ...values);

/** The newest port given to the window goes on to the page, as its preload script does it. */
function passPortOn(): void {
  const port = window()?.ports.at(-1);
  if (port) page.handOver(port);
}

beforeAll(async () => {
  await createCompanyIn(databaseIn(data), {
    code: 'SH01',
    name: '上海一站',
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
    administrator: { number: 'E001', name: '王丽', password: 'password-1' },
  });
  await import('#electron/main.ts');
  await vi.waitFor(() => expect(window()?.loaded).toEqual(['mendway://app/index.html']), { timeout: 20_000 });
});

afterAll(async () => {
  await Promise.all(electron.children.map((child) => child.crash()));
  folder.remove();
});

test('the window is sandboxed, isolated, without Node, and of the size the screens are made for', () => {
  expect(electron.startup.isSandboxed).toBe(true);
  expect(window()?.options).toMatchObject({
    minWidth: 1366,
    minHeight: 768,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
  });
});

test('the service is told its data folder', () => {
  expect(electron.forked[0]?.env['MENDWAY_DATA']).toBe(data);
  expect(path.basename(electron.forked[0]?.file ?? '')).toBe('station-process.js');
});

test('a page can neither leave nor open a window', () => {
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview']) {
    const details = { preventDefault: vi.fn(), url: 'https://example.com/' };
    window()?.webContents.emit(event, details);
    expect(details.preventDefault, event).toHaveBeenCalledOnce();
  }
  expect(window()?.openHandler?.()).toEqual({ action: 'deny' });
});

test('a page that asks for camera, place or a device is refused', () => {
  const answers: boolean[] = [];
  electron.startup.permission?.({}, 'media', (is) => answers.push(is));
  expect(answers).toEqual([false]);
  expect(electron.startup.check?.()).toBe(false);
  expect(electron.startup.device?.()).toBe(false);
});

test('the own scheme is a proper origin and answers with the policy', async () => {
  expect(electron.startup.schemes).toEqual([
    { scheme: 'mendway', privileges: expect.objectContaining({ standard: true, secure: true }) as unknown },
  ]);
  const answer = await electron.startup.assets?.({ url: 'mendway://app/../x.html', method: 'GET' });
  expect(answer?.status).toBe(404);
  expect(answer?.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('only a page of the app gets a port', () => {
  ask('mendway:port', { url: 'https://example.com/', parent: null });
  ask('mendway:port', { ...OWN, parent: {} });
  ask('mendway:port', null);
  expect(window()?.ports).toEqual([]);
  ask('mendway:port', OWN);
  expect(window()?.ports).toHaveLength(1);
});

test('over that port one signs in', async () => {
  passPortOn();
  const { token } = await call('session.signIn', { number: 'E001', password: 'password-1' });
  keepToken(token);
  expect((await call('session.current', {})).actor.name).toBe('王丽');
});

test('the menu speaks the language the user has chosen', () => {
  const labels = () => electron.menus.at(-1)?.map(({ label }) => label);
  expect(labels()).toEqual(['File', 'Edit', 'View', 'Help']);
  ask('mendway:language', OWN, 'zh-CN');
  expect(labels()).toEqual(['文件', '编辑', '查看', '帮助']);
  ask('mendway:language', { url: 'https://example.com/', parent: null }, 'en');
  ask('mendway:language', OWN, 7);
  expect(labels()).toEqual(['文件', '编辑', '查看', '帮助']);
});

const PDF = Buffer.from('%PDF-1.4 of a payslip');

/** What becomes of a paper when the user answers the save dialog so. */
function save(name: unknown, answer: { canceled: boolean; filePath: string }, frame: unknown = OWN): Promise<unknown> {
  electron.printToPDF.mockResolvedValue(PDF);
  electron.dialog.showSaveDialog.mockResolvedValue(answer);
  return electron.invoke('mendway:paper', frame, name);
}

test('a paper is saved as it is printed, as a PDF under the name the user gives; what was there before is replaced', async () => {
  const papers = path.join(folder.path, 'papers');
  mkdirSync(papers);
  const filePath = path.join(papers, '工资条.pdf');
  writeFileSync(filePath, 'a longer file that was there before');
  expect(await save('工资条-2026-03-E001', { canceled: false, filePath })).toBe('saved');
  expect(electron.printToPDF).toHaveBeenCalledWith(
    expect.objectContaining({ preferCSSPageSize: true, printBackground: true }),
  );
  const [owner, options] = electron.dialog.showSaveDialog.mock.lastCall ?? [];
  expect(owner).toBe(window());
  expect(path.basename(options?.defaultPath ?? '')).toBe('工资条-2026-03-E001.pdf');
  expect(readFileSync(filePath)).toEqual(PDF);
  expect(readdirSync(papers)).toEqual(['工资条.pdf']);
});

test('a paper that the user does not keep, or that cannot be written, leaves nothing behind', async () => {
  expect(await save('payslip', { canceled: true, filePath: '' })).toBe('cancelled');
  const taken = path.join(folder.path, 'taken');
  mkdirSync(path.join(taken, 'payslip.pdf'), { recursive: true }); // a folder of that name
  expect(await save('payslip', { canceled: false, filePath: path.join(taken, 'payslip.pdf') })).toBe('failed');
  expect(readdirSync(taken)).toEqual(['payslip.pdf']);
  const nowhere = path.join(folder.path, 'no-such-folder/payslip.pdf');
  expect(await save('payslip', { canceled: false, filePath: nowhere })).toBe('failed');
  expect(existsSync(path.dirname(nowhere))).toBe(false);
});

test('a page is asked for nothing but a plain name, and only a page of the app is heard', async () => {
  const answer = { canceled: false, filePath: path.join(folder.path, 'x.pdf') };
  for (const name of [
    '../x',
    'a/b',
    String.raw`a\b`,
    '.hidden',
    '',
    'a\u0000b',
    'a:b',
    7,
    null,
    { name: 'x' },
    'x'.repeat(151),
  ])
    expect(await save(name, answer), JSON.stringify(name)).toBe('failed');
  expect(await save('x', answer, { url: 'https://example.com/', parent: null })).toBe('failed');
  expect(await save('x', answer, { ...OWN, parent: {} })).toBe('failed');
  expect(electron.printToPDF).not.toHaveBeenCalled();
  expect(electron.dialog.showSaveDialog).not.toHaveBeenCalled();
});

test('an installed app offers neither reloading nor developer tools', () => {
  const items = electron.menus.at(-1)?.flatMap(({ submenu }) => submenu ?? []) as { role?: string }[];
  expect(items.map(({ role }) => role)).not.toContain('reload');
  expect(items.map(({ role }) => role)).not.toContain('toggleDevTools');
});

test('a second start shows the window of the first', () => {
  electron.app.emit('second-instance');
  expect(window()?.restore).toHaveBeenCalledOnce();
  expect(window()?.focus).toHaveBeenCalledOnce();
});

test('a service that falls is started again, told with a notice, and the page works on with a new port', async () => {
  await electron.children[0]?.crash();
  await vi.waitFor(() => expect(window()?.ports).toHaveLength(2), { timeout: 20_000 });
  expect(electron.dialog.showMessageBox).toHaveBeenCalledWith(
    window(),
    expect.objectContaining({ type: 'warning', message: '服务曾意外停止，现已重新启动。' }),
  );
  expect(window()?.loaded).toHaveLength(1); // No reload: a half-filled form stays.
  passPortOn();
  expect((await call('session.current', {})).actor.name).toBe('王丽');
});

test('a page that crashed is loaded again', () => {
  window()?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  expect(window()?.webContents.reload).toHaveBeenCalledOnce();
});

test('where the window was is kept; quitting waits for the service to end', async () => {
  window()?.emit('close');
  const kept = JSON.parse(readFileSync(path.join(data, 'window/window.json'), 'utf8')) as unknown;
  expect(kept).toEqual({ bounds: { x: 5, y: 6, width: 1400, height: 900 }, isMaximized: true });
  window()?.emit('closed');
  electron.app.emit('window-all-closed');
  expect(electron.app.quit).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(electron.app.quit).toHaveBeenCalledTimes(2), { timeout: 10_000 });
  expect(electron.children).toHaveLength(2);
});
