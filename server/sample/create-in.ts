import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { openStore } from '#db/open.ts';
import { databaseIn, NoCompanyError, openEnvironment } from '../station/service.ts';
import { createSample } from './create.ts';

const DAYS = 60;
const DRAFT = 'sample.unfinished';

/**
 * Fills a data folder that holds no company with the sample. Made beside its place and moved there when whole, so that an
 * end in the middle leaves no half company behind.
 * @throws Error when there is a company already
 */
export async function createSampleIn(dataFolder: string, now: number): Promise<void> {
  await requireNoCompany(dataFolder);
  const draft = path.join(dataFolder, DRAFT);
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const store = await openStore(databaseIn(draft));
  try {
    await createSample(store, { now, days: DAYS, onProgress: () => undefined });
  } finally {
    await store.close();
  }
  for (const file of readdirSync(dataFolder)) if (file.startsWith('mendway.db')) rmSync(path.join(dataFolder, file));
  for (const file of readdirSync(draft)) renameSync(path.join(draft, file), path.join(dataFolder, file));
  rmSync(draft, { recursive: true });
}

async function requireNoCompany(dataFolder: string): Promise<void> {
  try {
    const { store } = await openEnvironment(databaseIn(dataFolder));
    await store.close();
  } catch (error) {
    if (error instanceof NoCompanyError) return;
    throw error;
  }
  throw new Error(`there is a company in ${dataFolder}`);
}
