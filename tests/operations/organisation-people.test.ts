import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#domain/access/roles.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenDepartment, givenLink, givenUnit } from '../helpers/given-units.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const PASSWORD = 'mendway-2026';

describe.each(DIALECTS)('departments and where people work on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('kept by head office', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      await station.actorFor(['administrator']);
    });
    afterEach(() => station.close());

    const departments = async (unitId?: string) =>
      (await station.run('organisation.departments', unitId === undefined ? {} : { unitId }, { as: 'manager' }))
        .departments;
    const change = (department: Awaited<ReturnType<typeof givenDepartment>>, values: object) =>
      station.run(
        'organisation.saveDepartment',
        {
          existing: { id: department.id, version: department.version },
          fields: { ...department.fields, ...values },
        },
        { as: 'administrator' },
      );
    const person = { number: 'T09', name: '王建国', roles: ['technician'] as Role[] };
    const employ = (values: object) =>
      station.run('access.saveEmployee', { ...person, ...values }, { as: 'administrator' });
    const employee = async (id: string) =>
      (await station.run('access.listEmployees', {}, { as: 'administrator' })).employees.find((one) => one.id === id);

    test('departments have departments and positions below them, counted with who belongs there', async () => {
      const service = await givenDepartment(station, { name: '售后部' });
      const bench = await givenDepartment(station, { name: '维修组', parentId: service.id });
      const chief = await givenDepartment(station, { name: '组长', kind: 'position', parentId: bench.id });
      await employ({ departmentId: chief.id });

      expect(await departments()).toEqual([
        expect.objectContaining({ name: '售后部', parentId: null, employees: 0 }),
        expect.objectContaining({ name: '组长', parentId: bench.id, kind: 'position', employees: 1 }),
        expect.objectContaining({ name: '维修组', parentId: service.id, employees: 0 }),
      ]);
    });

    test('a department is moved, but never below itself', async () => {
      const service = await givenDepartment(station, { name: '售后部' });
      const bench = await givenDepartment(station, { name: '维修组', parentId: service.id });
      await expect(change(service, { parentId: bench.id })).rejects.toMatchObject({ code: 'department.cycle' });
      await expect(change(service, { parentId: service.id })).rejects.toMatchObject({ code: 'department.cycle' });
      expect(await change(bench, { parentId: null })).toEqual({ id: bench.id, version: 2 });
      expect(await change(service, { parentId: bench.id })).toMatchObject({ version: 2 });
    });

    test('nothing stands below a position, and a department with something below it is none', async () => {
      const service = await givenDepartment(station, { name: '售后部' });
      const chief = await givenDepartment(station, { name: '组长', kind: 'position', parentId: service.id });
      await expect(givenDepartment(station, { name: '学徒', parentId: chief.id })).rejects.toMatchObject({
        details: { faults: [{ path: 'fields.parentId', rule: 'notExpectedHere' }] },
      });
      await expect(change(service, { kind: 'position' })).rejects.toMatchObject({
        details: { faults: [{ path: 'fields.kind', rule: 'notExpectedHere' }] },
      });
      await expect(givenDepartment(station, { name: '学徒', parentId: 'nothing' })).rejects.toMatchObject({
        details: { faults: [{ path: 'fields.parentId', rule: 'doesNotExist' }] },
      });
      await expect(givenDepartment(station, { name: '学徒', unitId: 'nowhere' })).rejects.toMatchObject({
        details: { faults: [{ path: 'fields.unitId', rule: 'doesNotExist' }] },
      });
      expect(await station.count('departments')).toBe(2);
    });

    test('a name is taken beside its like only', async () => {
      const service = await givenDepartment(station, { name: '售后部' });
      await expect(givenDepartment(station, { name: '售后部' })).rejects.toMatchObject({
        code: 'value.taken',
        details: { field: 'name', value: '售后部' },
      });
      await givenDepartment(station, { name: '售后部', parentId: service.id });
      await givenDepartment(station, { name: '售后部', kind: 'position' });
      expect(await station.count('departments')).toBe(3);
    });

    test('a department is closed when nobody and nothing in use is left in it', async () => {
      const service = await givenDepartment(station, { name: '售后部' });
      const bench = await givenDepartment(station, { name: '维修组', parentId: service.id });
      const { id } = await employ({ departmentId: bench.id });
      await expect(change(service, { isActive: false })).rejects.toMatchObject({ code: 'department.has-children' });
      await expect(change(bench, { isActive: false })).rejects.toMatchObject({
        code: 'department.has-people',
        details: { count: 1 },
      });
      await employ({ existing: { id, version: 1 }, departmentId: null });
      await change(bench, { isActive: false });
      await change(service, { isActive: false });
      await expect(change({ ...bench, version: 2 }, { isActive: true })).rejects.toMatchObject({
        code: 'department.parent-inactive',
      });
      await expect(employ({ existing: { id, version: 2 }, departmentId: bench.id })).rejects.toMatchObject({
        details: { faults: [{ path: 'departmentId', rule: 'doesNotExist' }] },
      });
    });

    test('delivered twice, made once; changed meanwhile or unknown, refused; and for the administrator only', async () => {
      const bench = await givenDepartment(station, { name: '维修组' });
      const input = { fields: { ...bench.fields, name: '仓储' } };
      const options = { as: 'administrator', commandId: 'once' } as const;
      const first = await station.run('organisation.saveDepartment', input, options);
      expect(await station.run('organisation.saveDepartment', input, options)).toEqual(first);
      await change(bench, { name: '修理组' });
      await expect(change(bench, { name: '安装组' })).rejects.toMatchObject({ code: 'document.changed' });
      await expect(change({ ...bench, id: 'nothing' }, {})).rejects.toMatchObject({ code: 'not-found' });
      await expect(
        station.run('organisation.saveDepartment', { fields: { ...bench.fields, name: 'X' } }, { as: 'manager' }),
      ).rejects.toMatchObject({ code: 'access.denied' });
      expect((await departments()).map(({ name }) => name).toSorted()).toEqual(['仓储', '修理组']);
    });

    test('of another region’s departments an administrator keeps off, and at a linked station everyone', async () => {
      const east = await givenUnit(station, { code: 'EAST', kind: 'region' });
      const ofEast = { ...(await station.actorFor(['administrator'])), unitId: east.id };
      const save = (unitId: string, name: string) =>
        station.run('organisation.saveDepartment', { fields: { unitId, kind: 'department', name } }, { as: ofEast });
      await station.actorFor(['manager']);
      await save(east.id, '售后部');
      await expect(save(station.station.unitId, '财务部')).rejects.toMatchObject({ code: 'unit.not-below-own' });
      await givenLink(station);
      await expect(save(east.id, '仓储')).rejects.toMatchObject({ code: 'sync.head-office-only' });
      expect((await departments(east.id)).map(({ name }) => name)).toEqual(['售后部']);
    });

    test('somebody put into an outlet belongs there with roles and department', async () => {
      const outlet = await givenUnit(station, { code: 'HZ01', name: '杭州一站' });
      const bench = await givenDepartment(station, { name: '维修组', unitId: outlet.id });
      const { id } = await employ({ unitId: outlet.id, departmentId: bench.id });
      expect(await employee(id)).toMatchObject({
        unitId: outlet.id,
        unitName: '杭州一站',
        departmentName: '维修组',
        roles: ['technician'],
      });
      expect(await station.rows('SELECT unit_id FROM employee_roles WHERE employee_id = ?', [id])).toEqual([
        { unitId: outlet.id },
      ]);
      const asked = await station.run('access.listEmployees', { unitId: outlet.id }, { as: 'administrator' });
      expect(asked.employees.map(({ number }) => number)).toEqual(['T09']);
    });

    test('somebody who moves takes roles and password along, and leaves the department', async () => {
      const outlet = await givenUnit(station, { code: 'HZ01' });
      const bench = await givenDepartment(station, { name: '维修组' });
      const { id } = await employ({ departmentId: bench.id });
      await station.run('access.setPassword', { employeeId: id, password: PASSWORD }, { as: 'administrator' });
      const [before] = await station.rows<{ seq: number }>('SELECT MAX(seq) AS seq FROM change_log');

      await employ({ existing: { id, version: 1 }, unitId: outlet.id });

      expect(await employee(id)).toMatchObject({ unitId: outlet.id, departmentId: null, isAbleToSignIn: true });
      expect(await station.rows('SELECT unit_id FROM credentials WHERE employee_id = ?', [id])).toEqual([
        { unitId: outlet.id },
      ]);
      expect(
        await station.rows(
          `SELECT kind, audience FROM change_log WHERE table_name = 'credentials' AND seq > ? ORDER BY audience`,
          [before?.seq ?? 0],
        ),
      ).toEqual(
        [
          { kind: 'delete', audience: `u:${station.station.unitId}` },
          { kind: 'update', audience: `u:${outlet.id}` },
        ].toSorted((a, b) => (a.audience < b.audience ? -1 : 1)),
      );
      const [line] = await station.rows<{ change: string }>(
        "SELECT change FROM audit_log WHERE event = 'employee-moved'",
      );
      expect(JSON.parse(line?.change ?? '')).toEqual({ before: { unit: '上海一站' }, after: { unit: '单位 HZ01' } });
      await employ({ existing: { id, version: 2 }, name: '王建军' });
      expect(await employee(id)).toMatchObject({ unitId: outlet.id, name: '王建军' });
    });

    test('nobody is put where there is nothing, where it is closed, or into another unit’s department', async () => {
      const outlet = await givenUnit(station, { code: 'HZ01' });
      const closed = await givenUnit(station, { code: 'HZ02', isActive: false });
      const bench = await givenDepartment(station, { name: '维修组', unitId: outlet.id });
      const refused = (path: string) => ({ details: { faults: [{ path, rule: 'doesNotExist' }] } });
      await expect(employ({ unitId: 'nowhere' })).rejects.toMatchObject(refused('unitId'));
      await expect(employ({ unitId: closed.id })).rejects.toMatchObject(refused('unitId'));
      await expect(employ({ departmentId: bench.id })).rejects.toMatchObject(refused('departmentId'));
      expect(await station.count('employees')).toBe(1);
    });

    test('a region’s administrator hires, moves and gives passwords in the region, and sees nobody else', async () => {
      const east = await givenUnit(station, { code: 'EAST', kind: 'region' });
      const south = await givenUnit(station, { code: 'SOUTH', kind: 'region' });
      const outlet = await givenUnit(station, { code: 'HZ01', parentId: east.id });
      const stranger = await employ({ number: 'T10', unitId: south.id });
      const ofEast = { ...(await station.actorFor(['administrator'])), unitId: east.id };
      const save = (values: object) => station.run('access.saveEmployee', { ...person, ...values }, { as: ofEast });
      const denied = { code: 'unit.not-below-own' };

      const { id } = await save({ unitId: outlet.id });
      await station.run('access.setPassword', { employeeId: id, password: PASSWORD }, { as: ofEast });
      await expect(save({ number: 'T11', unitId: south.id })).rejects.toMatchObject(denied);
      await expect(save({ existing: { id, version: 1 }, unitId: south.id })).rejects.toMatchObject(denied);
      await expect(save({ existing: { id: stranger.id, version: 1 }, number: 'T10' })).rejects.toMatchObject(denied);
      await expect(save({ number: 'T10', unitId: outlet.id })).rejects.toMatchObject({ code: 'value.taken' });
      await expect(
        station.run('access.setPassword', { employeeId: stranger.id, password: PASSWORD }, { as: ofEast }),
      ).rejects.toMatchObject(denied);
      const { employees } = await station.run('access.listEmployees', {}, { as: ofEast });
      expect(employees.map(({ number }) => number)).toEqual(['T09']);
    });
  });
});
