import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type MessagePort, Worker } from 'node:worker_threads';
import type { StationChild } from '#electron/supervisor.ts';

export type StationThread = StationChild<MessagePort> & Readonly<{ crash(): Promise<void> }>;

/** The station process in a thread in place of Electron's utility process. */
export function startStationThread(dataFolder: string, entry = 'electron/station-process.ts'): StationThread {
  const worker = new Worker(new URL('./station-harness.mjs', import.meta.url), {
    workerData: { dataFolder, entry: pathToFileURL(path.resolve(entry)).href },
    stderr: true,
  });
  worker.on('error', () => undefined); // An exit follows.
  return {
    postMessage: (command, ports = []) => worker.postMessage({ command, ports }, ports),
    onMessage: (listener) => void worker.on('message', listener),
    onExit: (listener) => void worker.on('exit', listener),
    kill: () => void worker.terminate(),
    crash: async () => void (await worker.terminate()),
  };
}
