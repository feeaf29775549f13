/** The desktop app: one window on the app's own pages, and the station service in a process beside it. */
import path from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, protocol, session } from 'electron';
import { createTranslator, languageOf, type Language } from '#renderer/text/index.ts';
import { answerAsset } from './assets.ts';
import { CHANNEL, type FailureReason, parsePaperName, type PaperOutcome, type StationMode } from './messages.ts';
import { menuTemplate } from './menu.ts';
import { APP_PAGE, FIRST_RUN_PAGE, isSamePage, isTrustedSender, SCHEME } from './navigation.ts';
import { savePaper } from './paper.ts';
import { forkStation } from './station-child.ts';
import { superviseStation, type StationEvent, type Supervisor } from './supervisor.ts';
import { createWindow } from './window.ts';

const BUNDLE = import.meta.dirname;
const FOLDERS = { renderer: path.join(BUNDLE, '../renderer'), firstRun: path.join(BUNDLE, 'first-run') };
const PAGE_OF: Readonly<Record<StationMode, string>> = { company: APP_PAGE, 'first-run': FIRST_RUN_PAGE };

let window: BrowserWindow | undefined;
let station: Supervisor<Electron.MessagePortMain> | undefined;
let language: Language = 'zh-CN';
let isStationStopped = false;

// Both have to be said before the app is ready.
app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);

const dataFolder = chooseFolders();
if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(explain);
else app.quit();

/** The data folder. What Chromium keeps lies in it, too, if it was named: so each data folder has its own single instance. */
function chooseFolders(): string {
  const named = process.env['MENDWAY_DATA'];
  if (named) app.setPath('userData', path.join(path.resolve(named), 'window'));
  else app.setPath('userData', path.join(app.getPath('appData'), 'Mendway'));
  return named ? path.resolve(named) : path.join(app.getPath('userData'), 'data');
}

function start(): void {
  language = languageOf(app.getPreferredSystemLanguages()[0]);
  lockDown();
  showMenu();
  station = superviseStation({ fork: () => forkStation(BUNDLE, dataFolder), onEvent: follow, now: Date.now });
  ipcMain.on(CHANNEL.port, (event) => {
    if (isTrustedSender(event.senderFrame)) handOverPort();
  });
  ipcMain.on(CHANNEL.language, (event, tag: unknown) => {
    if (!isTrustedSender(event.senderFrame) || typeof tag !== 'string') return;
    language = languageOf(tag);
    showMenu();
  });
  ipcMain.handle(CHANNEL.paper, (event, name: unknown) => {
    return isTrustedSender(event.senderFrame) ? keepPaper(name) : REFUSED;
  });
  window = createWindow(words()('app.name'));
  window.on('closed', () => (window = undefined));
}

/** No page may ask for anything of the machine; the app's files are all there is to load. */
function lockDown(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.protocol.handle(SCHEME, (request) => answerAsset(request, FOLDERS));
}

function follow(event: StationEvent): void {
  if (event.kind === 'failed') return giveUp(failureText(event.reason), event.message);
  if (event.kind === 'gave-up') return giveUp(words()('desktop.gaveUp'), words()('desktop.gaveUpHint'));
  if (!window) return;
  // A page that is loaded asks for its port itself; one that is there already has lost its old one.
  if (isSamePage(window.webContents.getURL(), PAGE_OF[event.mode])) handOverPort();
  else void window.loadURL(PAGE_OF[event.mode]);
  if (event.isRestart) tellOfRestart(window);
}

function handOverPort(): void {
  if (!window || !station) return;
  const { port1, port2 } = new MessageChannelMain();
  if (station.connect(port1)) window.webContents.postMessage(CHANNEL.port, null, [port2]);
}

const REFUSED: PaperOutcome = 'failed';

async function keepPaper(message: unknown): Promise<PaperOutcome> {
  const name = parsePaperName(message);
  return window === undefined || name === undefined ? REFUSED : savePaper(window, name, words());
}

function tellOfRestart(owner: BrowserWindow): void {
  const t = words();
  void dialog.showMessageBox(owner, {
    type: 'warning',
    title: t('app.name'),
    message: t('desktop.restarted'),
    detail: t('desktop.restartedHint'),
    buttons: [t('common.ok')],
  });
}

function failureText(reason: FailureReason): string {
  const t = words();
  if (reason === 'from-future') return t('desktop.databaseFromFuture');
  return reason === 'migration' ? t('desktop.migrationFailed') : t('desktop.cannotStart');
}

/** What went wrong before there was a window to say it in. */
function explain(error: unknown): void {
  giveUp(words()('desktop.cannotStart'), error instanceof Error ? error.message : String(error));
}

function giveUp(message: string, detail: string): void {
  dialog.showErrorBox(message, `${detail}\n\n${dataFolder}`);
  app.exit(1);
}

const words = () => createTranslator(language);

function showMenu(): void {
  const options = { isMac: process.platform === 'darwin', isDevelopment: !app.isPackaged };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(words(), options)));
}

app.on('second-instance', () => {
  if (window?.isMinimized()) window.restore();
  window?.focus();
});

app.on('window-all-closed', () => app.quit());

// The service gets the time to finish what it has begun.
app.on('will-quit', (event) => {
  if (!station || isStationStopped) return;
  event.preventDefault();
  void station.stop().finally(() => {
    isStationStopped = true;
    app.quit();
  });
});
