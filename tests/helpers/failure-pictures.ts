import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach } from 'vitest';
import { openPages } from './browser.ts';

const FOLDER = path.resolve('out/failures');

/** What every window showed when a browser test failed, for whoever has to find out why: `out/failures/<test>-<n>.png`. */
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  mkdirSync(FOLDER, { recursive: true });
  const name = task.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
  for (const [n, page] of [...openPages].entries())
    await page.screenshot({ path: path.join(FOLDER, `${name}-${n + 1}.png`) });
});
