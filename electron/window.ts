import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow, screen } from 'electron';
import { boundsToOpen, parseWindowState, SMALLEST, type WindowState } from './window-state.ts';

/** The one window: sandboxed, without Node, bound to the page it was given. */
export function createWindow(title: string): BrowserWindow {
  const state = readState();
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...boundsToOpen(state, screens),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title,
    backgroundColor: '#f5f6f8',
    webPreferences: {
      preload: path.join(import.meta.dirname, 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (state?.isMaximized) window.maximize();
  keepOnPage(window);
  window.on('close', () => keepState(window));
  return window;
}

/** Only the main process loads pages: a page can neither leave, nor open another, nor put one inside itself. */
function keepOnPage({ webContents }: BrowserWindow): void {
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const)
    webContents.on(event as 'will-navigate', (details) => details.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') webContents.reload();
  });
}

const stateFile = (): string => path.join(app.getPath('userData'), 'window.json');

function readState(): WindowState | undefined {
  try {
    return parseWindowState(readFileSync(stateFile(), 'utf8'));
  } catch {
    return undefined; // the first start
  }
}

function keepState(window: BrowserWindow): void {
  const state: WindowState = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
  try {
    writeFileSync(stateFile(), JSON.stringify(state));
  } catch {
    // Where the window was is not worth a word when the folder can't be written.
  }
}
