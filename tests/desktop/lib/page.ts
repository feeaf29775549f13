import { vi } from 'vitest';
import type { MessagePort } from 'node:worker_threads';
import { PORT_GREETING } from '#electron/messages.ts';

/** As much of a page in the desktop shell as the renderer's client needs: made before the client is imported. */
export function openDesktopPage() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const window = Object.assign(new EventTarget(), { mendway: { isDesktop: true } });
  vi.stubGlobal('window', window);
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('sessionStorage', storage);
  return {
    /** What the preload script does with a port. */
    handOver(port: MessagePort, greeting: string = PORT_GREETING, source: unknown = window) {
      window.dispatchEvent(Object.assign(new Event('message'), { source, data: greeting, ports: [port] }));
    },
  };
}
