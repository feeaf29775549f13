import type { InputOf } from '#operations/index.ts';
import type { TestStation } from './station.ts';

/** Units, departments and contracts as head office makes them, through the operations themselves. */

type UnitFields = InputOf<'organisation.saveUnit'>['fields'];

export async function givenUnit(station: TestStation, values: Partial<UnitFields> & Pick<UnitFields, 'code'>) {
  const fields: UnitFields = {
    name: `单位 ${values.code}`,
    kind: 'outlet',
    parentId: station.station.unitId,
    timeZone: 'Asia/Shanghai',
    currency: 'CNY',
    ...values,
  };
  const saved = await station.run('organisation.saveUnit', { fields });
  return { ...saved, fields };
}

type ContractFields = InputOf<'organisation.saveContract'>['fields'];

export async function givenContract(
  station: TestStation,
  values: Partial<ContractFields> & Pick<ContractFields, 'unitId'>,
) {
  const fields: ContractFields = {
    number: 'HT-1',
    provider: '安捷安装',
    contact: '赵经理',
    phone: '13900000000',
    areas: ['浦东新区'],
    kinds: ['installation', 'repair'],
    fromOn: '2026-01-01',
    ...values,
  };
  const saved = await station.run('organisation.saveContract', { fields });
  return { ...saved, fields };
}

type DepartmentFields = InputOf<'organisation.saveDepartment'>['fields'];

export async function givenDepartment(
  station: TestStation,
  values: Partial<DepartmentFields> & Pick<DepartmentFields, 'name'>,
) {
  const fields: DepartmentFields = { unitId: station.station.unitId, kind: 'department', ...values };
  const saved = await station.run('organisation.saveDepartment', { fields });
  return { ...saved, fields };
}

/** What a station that belongs to a company knows of its server. */
export async function givenLink(station: Pick<TestStation, 'store'>): Promise<void> {
  await station.store.write((trx) =>
    trx.insert('server_link', {
      id: 1,
      address: 'https://hq',
      stationId: 's',
      token: 't',
      serverDatabaseId: 'd',
      state: 'active',
      pushedSeq: 0,
      pushedDigest: '',
      pullCursor: '',
      scope: '',
      lastError: '',
      lastErrorDetail: '{}',
      clockOffset: 0,
      enrolledAt: 1,
    }),
  );
}
