import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, utilityProcess } from 'electron';
import type { StationChild } from './supervisor.ts';

/** Starts the station service; what it has to complain about goes to a log file, since an installed app has no terminal. */
export function forkStation(bundle: string, dataFolder: string): StationChild<Electron.MessagePortMain> {
  const child = utilityProcess.fork(path.join(bundle, 'station-process.js'), [], {
    serviceName: 'Mendway station',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, MENDWAY_DATA: dataFolder },
  });
  const folder = app.getPath('logs');
  mkdirSync(folder, { recursive: true });
  const log = createWriteStream(path.join(folder, 'station.log'), { flags: 'a' });
  log.on('error', () => undefined); // A full disk must not end the app for the sake of its log.
  child.stderr?.pipe(log);
  child.stderr?.on('data', (chunk) => process.stderr.write(chunk));
  return {
    postMessage: (command, ports) => child.postMessage(command, ports),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
}
