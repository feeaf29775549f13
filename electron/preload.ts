/** The bridge between the page and the shell. Sandboxed: it passes on a port, the user's language and the wish for a PDF, and nothing else. */
import { contextBridge, ipcRenderer } from 'electron';
import { CHANNEL, PORT_GREETING } from './messages.ts';

contextBridge.exposeInMainWorld('mendway', {
  isDesktop: true,
  savePaper: (name: unknown): Promise<unknown> => ipcRenderer.invoke(CHANNEL.paper, name),
});

const loaded = new Promise<void>((resolve) => {
  window.addEventListener('load', () => resolve(), { once: true });
});

// The page listens once its scripts have run. Ports can't cross contextBridge; to the own window they can be posted.
ipcRenderer.on(CHANNEL.port, (event) => {
  const [port] = event.ports;
  if (port) void loaded.then(() => window.postMessage(PORT_GREETING, window.location.origin, [port]));
});

window.addEventListener('DOMContentLoaded', () => {
  const root = document.documentElement;
  const tell = () => ipcRenderer.send(CHANNEL.language, root.lang);
  new MutationObserver(tell).observe(root, { attributes: true, attributeFilter: ['lang'] });
  ipcRenderer.send(CHANNEL.port);
});
