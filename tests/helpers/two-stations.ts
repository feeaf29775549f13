import path from 'node:path';
import { openStore } from '#db/open.ts';
import { installedUnit } from '#db/repositories/organisation.ts';
import type { Role } from '#domain/access/roles.ts';
import { databaseIn } from '#server/station/service.ts';
import { startStation, type RunningStation } from './processes.ts';
import { givenCompany } from './service.ts';
import { temporaryFolder } from './station.ts';
import { carryRows, putBelow, type Side } from './two-units.ts';

export type TwoStations = Readonly<{
  a: RunningStation;
  b: RunningStation;
  folders: Readonly<{ a: string; b: string }>;
  /** What synchronising does: rows of each come to the other. */
  exchange(): Promise<void>;
  close(): Promise<void>;
}>;

const UNITS = {
  a: { code: 'SH01', name: '上海一站' },
  b: { code: 'RC01', name: '大区维修中心' },
};

/**
 * Two stations of one company as users run them, each its own process with its own data. `prepare` fills the folders before
 * they are started, and `exchange` brings what is written on either side to the other.
 */
export async function openTwoStations(
  roles: readonly Role[],
  prepare: (folders: Readonly<{ a: string; b: string }>) => Promise<void>,
): Promise<TwoStations> {
  const folder = temporaryFolder();
  const folders = { a: path.join(folder.path, 'a'), b: path.join(folder.path, 'b') };
  await givenCompany(folders.a, roles, UNITS.a);
  await givenCompany(folders.b, roles, UNITS.b);
  await prepare(folders);
  const sides = { a: await sideIn(folders.a), b: await sideIn(folders.b) };
  const exchange = async (): Promise<void> => {
    await carryRows(sides.a, sides.b.store);
    await carryRows(sides.b, sides.a.store);
  };
  await exchange();
  const [a, b] = await Promise.all([startStation(folders.a), startStation(folders.b)]);
  const close = async (): Promise<void> => {
    await Promise.all([a.kill(), b.kill(), sides.a.store.close(), sides.b.store.close()]);
    folder.remove();
  };
  return { a, b, folders, exchange, close };
}

/** The first station's unit is an outlet below the second's. */
export async function putFirstBelowSecond({ a, b }: Readonly<{ a: string; b: string }>): Promise<void> {
  const [outlet, centre] = [await sideIn(a), await sideIn(b)];
  await putBelow(outlet, centre.unitId);
  await Promise.all([outlet.store.close(), centre.store.close()]);
}

async function sideIn(folder: string): Promise<Side> {
  const store = await openStore(databaseIn(folder));
  const unit = await store.read(installedUnit);
  if (!unit) throw new Error(`no unit in ${folder}`);
  return { store, unitId: unit.id };
}
