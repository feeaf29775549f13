import { installationOf, isLinked } from '#db/repositories/installation.ts';
import { installedUnit } from '#db/repositories/organisation.ts';
import type { Sql } from '#db/store.ts';

/** Where one works: the unit this database serves, and whether what is the company's is set here or at a head office elsewhere. */
export async function placeOf(sql: Sql) {
  const installed = await installedUnit(sql);
  if (!installed) throw new Error('nobody signs in before there is a company');
  const { id, code, name, kind } = installed;
  const role = (await installationOf(sql))?.role ?? 'station';
  return { unit: { id, code, name, kind }, role, isLinked: await isLinked(sql) };
}
