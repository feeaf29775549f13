import type { OutputOf } from '#operations/index.ts';
import { ADMINISTRATOR, inCompany, makeCompany, PASSWORD } from './service.ts';

/** A company that begins as head office, with one outlet and a clerk there; answers the outlet's unit. */
export async function givenHeadOffice(dataFolder: string): Promise<string> {
  const administrator = { number: ADMINISTRATOR, name: ADMINISTRATOR, password: PASSWORD };
  const company = { code: 'HQ01', name: '修途总部', timeZone: 'Asia/Shanghai', currency: 'CNY', administrator };
  const { unitId: parentId } = await makeCompany(dataFolder, { ...company, kind: 'head-office' });
  return inCompany(dataFolder, async (run) => {
    const outlet = {
      code: 'CN01',
      name: '长宁站',
      kind: 'outlet',
      timeZone: 'Asia/Shanghai',
      currency: 'CNY',
    } as const;
    const { id: unitId } = await run('organisation.saveUnit', { fields: { ...outlet, parentId } });
    const clerk = { number: 'clerk', name: '前台', unitId, roles: ['clerk' as const], joinedOn: '2020-01-01' };
    const { id } = await run('access.saveEmployee', clerk);
    await run('access.setPassword', { employeeId: id, password: PASSWORD, isChangeDue: false });
    return unitId;
  });
}

/** A code as head office makes it, also while its server runs. */
export function givenCode(dataFolder: string, unitId: string): Promise<OutputOf<'stations.makeCode'>> {
  return inCompany(dataFolder, (run) => run('stations.makeCode', { unitId }));
}
