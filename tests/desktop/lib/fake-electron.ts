import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { vi } from 'vitest';
import { startStationThread, type StationThread } from './station-thread.ts';

/** Electron as far as the main process uses it: what was asked of it is kept to be looked at, the rest does nothing. */
export function createFakeElectron(folder: string) {
  const paths: Record<string, string> = { appData: path.join(folder, 'app-data'), logs: path.join(folder, 'logs') };
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    enableSandbox: (): unknown => undefined,
    getPath: (name: string) => paths[name] ?? path.join(folder, name),
    setPath: (name: string, value: string) => {
      mkdirSync(value, { recursive: true });
      paths[name] = value;
    },
    requestSingleInstanceLock: () => true,
    whenReady: () => Promise.resolve(),
    getPreferredSystemLanguages: () => ['en-GB'],
    quit: vi.fn(() => void app.emit('will-quit', { preventDefault: vi.fn() })),
    exit: vi.fn(),
  });

  const printToPDF = vi.fn<(options: unknown) => Promise<Buffer>>();
  const windows: FakeWindow[] = [];
  class FakeWindow extends EventEmitter {
    readonly options: Readonly<Record<string, unknown>>;
    readonly loaded: string[] = [];
    readonly ports: MessagePort[] = [];
    openHandler: (() => unknown) | undefined;
    readonly webContents: EventEmitter & { reload: () => void; getURL: () => string; printToPDF: typeof printToPDF };
    constructor(options: Readonly<Record<string, unknown>>) {
      super();
      this.options = options;
      this.webContents = Object.assign(new EventEmitter(), {
        getURL: () => this.loaded.at(-1) ?? '',
        reload: vi.fn(),
        printToPDF,
        setWindowOpenHandler: (handler: () => unknown) => (this.openHandler = handler),
        postMessage: (_channel: string, _message: unknown, ports: MessagePort[]) => void this.ports.push(...ports),
      });
      windows.push(this);
    }
    loadURL(url: string): Promise<void> {
      this.loaded.push(url);
      return Promise.resolve();
    }
    getNormalBounds = () => ({ x: 5, y: 6, width: 1400, height: 900 });
    isMaximized = () => true;
    isMinimized = () => true;
    maximize = vi.fn();
    restore = vi.fn();
    focus = vi.fn();
  }

  const children: StationThread[] = [];
  const forked: { file: string; env: Record<string, string> }[] = [];
  const utilityProcess = {
    fork(file: string, _args: string[], options: { env: Record<string, string> }) {
      forked.push({ file, env: options.env });
      const child = startStationThread(options.env['MENDWAY_DATA'] ?? '');
      children.push(child);
      const emitter = new EventEmitter();
      child.onMessage((message) => emitter.emit('message', message));
      child.onExit((code) => emitter.emit('exit', code));
      return Object.assign(emitter, { postMessage: child.postMessage, kill: child.kill, stderr: new PassThrough() });
    },
  };

  type Permission = (contents: unknown, permission: string, answer: (isGiven: boolean) => void) => void;
  type Assets = (request: { url: string; method: string }) => Promise<Response>;
  // Kept without mocks: those are cleared before each test, and this is said once, at the start.
  const startup: {
    isSandboxed?: boolean;
    schemes?: unknown;
    permission?: Permission;
    check?: () => boolean;
    device?: () => boolean;
    assets?: Assets;
  } = {};
  app.enableSandbox = () => (startup.isSandboxed = true);
  const defaultSession = {
    setPermissionRequestHandler: (handler: Permission) => (startup.permission = handler),
    setPermissionCheckHandler: (handler: () => boolean) => (startup.check = handler),
    setDevicePermissionHandler: (handler: () => boolean) => (startup.device = handler),
    protocol: { handle: (_scheme: string, handler: Assets) => (startup.assets = handler) },
  };
  const dialog = {
    showMessageBox: vi.fn(() => Promise.resolve({})),
    showErrorBox: vi.fn(),
    showSaveDialog: vi.fn<(owner: unknown, options: { defaultPath: string }) => Promise<unknown>>(),
  };
  const menus: { label?: string; submenu?: { label?: string }[] }[][] = [];
  const protocol = { registerSchemesAsPrivileged: (schemes: unknown) => (startup.schemes = schemes) };
  type Handler = (event: { senderFrame: unknown }, ...values: unknown[]) => unknown;
  const handlers = new Map<string, Handler>();
  const ipcMain = Object.assign(new EventEmitter(), {
    handle: (channel: string, handler: Handler) => void handlers.set(channel, handler),
  });
  const invoke = async (channel: string, senderFrame: unknown, ...values: unknown[]): Promise<unknown> =>
    handlers.get(channel)?.({ senderFrame }, ...values);

  const module = {
    app,
    BrowserWindow: FakeWindow,
    dialog,
    ipcMain,
    Menu: {
      buildFromTemplate: (template: (typeof menus)[number]) => template,
      setApplicationMenu: (template: (typeof menus)[number]) => void menus.push(template),
    },
    MessageChannelMain: MessageChannel,
    protocol,
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] },
    session: { defaultSession },
    utilityProcess,
  };
  return { module, app, windows, children, forked, startup, dialog, menus, ipcMain, invoke, printToPDF };
}
