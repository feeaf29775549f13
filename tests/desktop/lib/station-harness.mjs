// Runs the entry of the utility process in a thread, with a `process.parentPort` as Electron gives it.
import { EventEmitter } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';

process.env.MENDWAY_DATA = workerData.dataFolder;

/** Electron's MessagePortMain: an emitter of `{ data }`, silent until it is started, and no EventTarget. */
function asMainPort(port) {
  const emitter = new EventEmitter();
  port.on('close', () => emitter.emit('close'));
  return {
    on: (event, listener) => emitter.on(event, listener),
    postMessage: (message) => port.postMessage(message),
    close: () => port.close(),
    start: () => port.on('message', (data) => emitter.emit('message', { data })),
  };
}

const fake = new EventEmitter();
process.parentPort = Object.assign(fake, { postMessage: (message) => parentPort.postMessage(message) });

// Kept until somebody listens, as Electron keeps them.
const early = [];
let hear = (event) => early.push(event);
fake.on('newListener', (event) => {
  if (event !== 'message') return;
  queueMicrotask(() => {
    hear = (message) => fake.emit('message', message);
    early.splice(0).forEach(hear);
  });
});
parentPort.on('message', ({ command, ports }) => hear({ data: command, ports: ports.map(asMainPort) }));

await import(workerData.entry);
