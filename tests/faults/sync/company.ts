import type { Role } from '#domain/access/roles.ts';
import type { DatabaseAddress } from '#db/open.ts';
import { operations, type InputOf, type OperationName, type OutputOf } from '#operations/index.ts';
import { perform } from '#operations/perform.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { createCompanyIn } from '#server/station/create-company.ts';
import { openEnvironment } from '#server/station/service.ts';
import { v7 as uuidv7 } from 'uuid';
import { openPlaces, type Places } from './places.ts';

/** A company of several regions, as head office sets it up before its stations come: units, people, catalogue, rules. */

export const PASSWORD = 'secret2026';

export type Outlet = Readonly<{ code: string; unitId: string; technicianId: string }>;

export type Company = Readonly<{
  outlets: readonly Outlet[];
  places: Places;
  partIds: readonly string[];
  workTypeIds: readonly string[];
}>;

/** Who works at each outlet; the number is `<code>-<name>`. */
export const PEOPLE = {
  desk: ['clerk', 'dispatcher', 'auditor'],
  bench: ['technician'],
  store: ['keeper'],
  office: ['manager', 'accountant'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Person = keyof typeof PEOPLE;

type Run = <N extends OperationName>(name: N, input: InputOf<N>) => Promise<OutputOf<N>>;

/** @param regions code of each region's centre and how many outlets it has beside it */
export async function createCompany(
  address: DatabaseAddress,
  regions: Readonly<Record<string, number>>,
): Promise<Company> {
  const administrator = { number: 'admin', name: 'admin', password: PASSWORD };
  const place = { timeZone: 'Asia/Shanghai', currency: 'CNY' };
  await createCompanyIn(address, { code: 'HQ', name: '总部', kind: 'head-office', ...place, administrator });
  return asHeadOffice(address, async (run, headOffice) => {
    const unit = async (code: string, kind: 'region' | 'outlet', parentId: string) => {
      const fields = { code, name: code, kind, parentId, ...place };
      return (await run('organisation.saveUnit', { existing: null, fields })).id;
    };
    const outlets: Outlet[] = [];
    const centres = new Map<string, string>();
    for (const [region, count] of Object.entries(regions)) {
      const centre = await unit(region, 'region', headOffice);
      for (let n = 0; n <= count; n++) {
        const code = n === 0 ? region : `${region}${n}`;
        const unitId = n === 0 ? centre : await unit(code, 'outlet', centre);
        centres.set(unitId, centre);
        outlets.push({ code, unitId, technicianId: await hire(run, code, unitId) });
      }
    }
    return { outlets, places: openPlaces(centres), ...(await catalogue(run)) };
  });
}

/** Codes with which PCs become the stations of the outlets. */
export async function enrolmentCodes(
  address: DatabaseAddress,
  outlets: readonly Outlet[],
): Promise<ReadonlyMap<string, string>> {
  return asHeadOffice(address, async (run) => {
    const codes = new Map<string, string>();
    for (const { code, unitId } of outlets) codes.set(code, (await run('stations.makeCode', { unitId })).code);
    return codes;
  });
}

async function asHeadOffice<T>(address: DatabaseAddress, work: (run: Run, unitId: string) => Promise<T>): Promise<T> {
  const { environment, store } = await openEnvironment(address);
  try {
    const run: Run = async (name, input) => {
      const request = { actor: COMMAND_LINE, commandId: uuidv7(), input };
      return (await perform(environment, operations[name], request)) as OutputOf<typeof name>;
    };
    return await work(run, environment.station.unitId);
  } finally {
    await store.close();
  }
}

async function hire(run: Run, code: string, unitId: string): Promise<string> {
  let technicianId = '';
  for (const [name, roles] of Object.entries(PEOPLE)) {
    const number = `${code}-${name}`;
    const person = { number, name: number, grade: 'A', joinedOn: '2020-01-01', baseSalary: 500_000, unitId };
    const { id } = await run('access.saveEmployee', { ...person, roles: [...roles] });
    await run('access.setPassword', { employeeId: id, password: PASSWORD, isChangeDue: false });
    if (name === 'bench') technicianId = id;
  }
  return technicianId;
}

async function catalogue(run: Run): Promise<Pick<Company, 'partIds' | 'workTypeIds'>> {
  const partIds: string[] = [];
  for (const number of ['P-1', 'P-2', 'P-3', 'P-4']) {
    const fields = { number, name: `配件 ${number}`, salePrice: 12_000 };
    partIds.push((await run('setup.savePart', { existing: null, fields })).id);
  }
  const workTypeIds: string[] = [];
  for (const code of ['W-1', 'W-2']) {
    const fields = { code, name: `工种 ${code}`, standardFee: 8_000, standardMinutes: 60 };
    workTypeIds.push((await run('setup.saveWorkType', { existing: null, fields })).id);
  }
  const rule = { code: 'R-1', component: 'labour', rateBp: 1500, validFrom: '2020-01-01' } as const;
  await run('payroll.saveRule', rule);
  return { partIds, workTypeIds };
}
