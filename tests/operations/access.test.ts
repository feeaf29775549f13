import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#domain/access/roles.ts';
import { actorOfToken, ANONYMOUS } from '#operations/session/actor-of.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { openTestStation, type TestStation } from '../helpers/station.ts';

const NEW = { number: 'T09', name: '王建国', position: '技师', grade: 'A', roles: ['technician'] as Role[] };
const PASSWORD = 'mendway-2026';

describe.each(DIALECTS)('people and their rights on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('kept by the administrator', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      await station.actorFor(['administrator']);
    });
    afterEach(() => station.close());

    const save = (values: Partial<Parameters<typeof station.run<'access.saveEmployee'>>[1]>, commandId?: string) =>
      station.run(
        'access.saveEmployee',
        { ...NEW, ...values },
        { as: 'administrator', ...(commandId === undefined ? {} : { commandId }) },
      );
    const employee = async (id: string) => {
      const { employees } = await station.run('access.listEmployees', {}, { as: 'administrator' });
      return employees.find((one) => one.id === id);
    };
    const signIn = (number: string, password: string) =>
      station.run('session.signIn', { number, password }, { as: ANONYMOUS });
    const actorNow = (token: string) => station.store.read((sql) => actorOfToken(sql, token, station.clock.now));

    test('a new employee has number, pay and roles, and stands in the log', async () => {
      const { id } = await save({ baseSalary: 500_000, joinedOn: '2026-03-01' });

      expect(await employee(id)).toMatchObject({
        number: 'T09',
        baseSalary: 500_000,
        joinedOn: '2026-03-01',
        isActive: true,
        roles: ['technician'],
        version: 1,
      });
      expect(await station.rows(`SELECT event, entity, entity_id FROM audit_log`)).toEqual([
        { event: 'employee-added', entity: 'employee', entityId: id },
      ]);
    });

    test('a change is kept with what was before, and the roles are what was last said', async () => {
      const { id } = await save({});
      await save({ existing: { id, version: 1 }, name: '王建军', roles: ['technician', 'keeper', 'technician'] });

      expect(await employee(id)).toMatchObject({ name: '王建军', roles: ['keeper', 'technician'], version: 2 });
      const [, line] = await station.rows<{ change: string }>('SELECT change FROM audit_log ORDER BY seq');
      expect(JSON.parse(line?.change ?? '')).toMatchObject({
        before: { name: '王建国', roles: ['technician'] },
        after: { name: '王建军', roles: ['keeper', 'technician'] },
      });
    });

    test('a change of what somebody else has changed meanwhile is refused whole', async () => {
      const { id } = await save({});
      await save({ existing: { id, version: 1 }, name: '王建军' });
      await expect(save({ existing: { id, version: 1 }, roles: ['manager'] })).rejects.toMatchObject({
        code: 'document.changed',
      });
      expect(await employee(id)).toMatchObject({ name: '王建军', roles: ['technician'], version: 2 });
    });

    test('an employee who does not exist cannot be changed', async () => {
      await expect(save({ existing: { id: 'nobody', version: 1 } })).rejects.toMatchObject({ code: 'not-found' });
      expect(await station.count('employee_roles')).toBe(1);
    });

    test('a number belongs to one person', async () => {
      await save({});
      await expect(save({ name: '李志强' })).rejects.toMatchObject({
        code: 'value.taken',
        details: { field: 'number', value: 'T09' },
      });
      expect(await station.count('employees')).toBe(2);
    });

    test('delivered twice, somebody is added once', async () => {
      const first = await save({}, 'c-1');
      expect(await save({}, 'c-1')).toEqual(first);
      expect(await station.count('employees')).toBe(2);
      await expect(save({ name: '李志强' }, 'c-1')).rejects.toMatchObject({ code: 'command.replayed-differently' });
    });

    test.each([
      [{ number: ' ' }, 'number', 'required'],
      [{ name: '' }, 'name', 'required'],
      [{ baseSalary: -1 }, 'baseSalary', 'negative'],
      [{ joinedOn: '2026-02-30' }, 'joinedOn', 'notADate'],
      [{ joinedOn: '2026-03-01', leftOn: '2026-02-28' }, 'leftOn', 'beforeFrom'],
      [{ phone: 'call me' }, 'phone', 'notAPhone'],
      [{ roles: ['king'] as unknown as Role[] }, 'roles.0', 'notAllowed'],
    ])('what cannot be (%o) is refused by field, and leaves nothing behind', async (values, path, rule) => {
      await expect(save(values)).rejects.toMatchObject({
        code: 'input.invalid',
        details: { faults: [{ path, rule }] },
      });
      expect(await station.count('employees')).toBe(1);
    });

    test('the last administrator remains one: else nobody could ever give a right again', async () => {
      const { employeeId, number } = await station.actorFor(['administrator']);
      const existing = { id: employeeId, version: 1 };
      const last = { code: 'access.last-administrator' };

      await expect(save({ existing, number, roles: ['manager'] })).rejects.toMatchObject(last);
      await expect(save({ existing, number, roles: ['administrator'], isActive: false })).rejects.toMatchObject(last);

      await save({ number: 'M02', roles: ['administrator'] });
      await save({ existing, number, roles: ['manager'] });
      expect((await employee(existing.id))?.roles).toEqual(['manager']);
    });

    test('somebody who has left is out at once, and stays out when taken on again until the next sign-in', async () => {
      const { id } = await save({});
      await station.run('access.setPassword', { employeeId: id, password: PASSWORD }, { as: 'administrator' });
      const { token } = await signIn('T09', PASSWORD);
      await save({ existing: { id, version: 1 }, isActive: false, leftOn: '2026-03-15' });
      expect(await actorNow(token)).toEqual(ANONYMOUS);

      await save({ existing: { id, version: 2 }, isActive: true });
      expect(await actorNow(token)).toEqual(ANONYMOUS);
      expect((await signIn('T09', PASSWORD)).actor.number).toBe('T09');
    });

    test('a right taken away is gone with the very next click', async () => {
      const { id } = await save({ roles: ['manager'] });
      await station.run('access.setPassword', { employeeId: id, password: PASSWORD }, { as: 'administrator' });
      const { token } = await signIn('T09', PASSWORD);
      await save({ existing: { id, version: 1 }, roles: ['clerk'] });

      const actor = await actorNow(token);
      await expect(station.run('access.listEmployees', {}, { as: actor })).rejects.toMatchObject({
        code: 'access.denied',
      });
    });

    test('a password given is to be changed at the next sign-in, and ends the sessions that are open', async () => {
      const { id } = await save({});
      const give = (password: string) =>
        station.run('access.setPassword', { employeeId: id, password }, { as: 'administrator' });
      expect((await employee(id))?.isAbleToSignIn).toBe(false);
      await give(PASSWORD);
      expect((await employee(id))?.isAbleToSignIn).toBe(true);
      const { token, mustChangePassword } = await signIn('T09', PASSWORD);
      expect(mustChangePassword).toBe(true);

      await give('another-2026');
      expect(await actorNow(token)).toEqual(ANONYMOUS);
      await expect(signIn('T09', PASSWORD)).rejects.toMatchObject({ code: 'sign-in.wrong' });
    });

    test('a new password opens what wrong ones had locked', async () => {
      const { id } = await save({});
      for (let n = 0; n < 5; n += 1) await signIn('T09', 'wrong-1').catch(() => undefined);
      await station.run('access.setPassword', { employeeId: id, password: PASSWORD }, { as: 'administrator' });
      expect((await signIn('T09', PASSWORD)).actor.number).toBe('T09');
    });

    test('a password for nobody, or a weak one, is refused', async () => {
      const { id } = await save({});
      const set = (employeeId: string, password: string) =>
        station.run('access.setPassword', { employeeId, password }, { as: 'administrator' });
      await expect(set('nobody', PASSWORD)).rejects.toMatchObject({ code: 'not-found' });
      await expect(set(id, 'weak')).rejects.toMatchObject({ code: 'input.invalid' });
      expect(await station.count('credentials')).toBe(0);
    });

    test('a password delivered twice is refused the second time, since it is kept nowhere to compare', async () => {
      const { id } = await save({});
      const options = { as: 'administrator', commandId: 'c-2' } as const;
      await station.run('access.setPassword', { employeeId: id, password: PASSWORD }, options);
      await expect(
        station.run('access.setPassword', { employeeId: id, password: PASSWORD }, options),
      ).rejects.toMatchObject({ code: 'command.replayed-differently' });
    });

    test.each<Role>(['clerk', 'dispatcher', 'technician', 'keeper', 'auditor', 'accountant', 'manager'])(
      'a %s neither hires, nor gives rights or passwords',
      async (role) => {
        const denied = { code: 'access.denied', details: { right: 'access.manage' } };
        const actor = await station.actorFor([role]);
        const own = { employeeId: actor.employeeId, password: PASSWORD };
        const promotion = {
          ...NEW,
          existing: { id: actor.employeeId, version: 1 },
          roles: ['administrator'] as Role[],
        };
        await expect(station.run('access.saveEmployee', promotion, { as: actor })).rejects.toMatchObject(denied);
        await expect(station.run('access.setPassword', own, { as: actor })).rejects.toMatchObject(denied);
        expect(await station.rows('SELECT role FROM employee_roles WHERE employee_id = ?', [actor.employeeId])).toEqual(
          [{ role }],
        );
      },
    );

    test('pay is seen by whom may see payroll, the archive only by whom may see the set-up', async () => {
      await save({ baseSalary: 500_000 });
      const { employees } = await station.run('access.listEmployees', {}, { as: 'manager' });
      expect(employees.find(({ number }) => number === 'T09')?.baseSalary).toBe(500_000);
      await expect(station.run('access.listEmployees', {}, { as: 'clerk' })).rejects.toMatchObject({
        code: 'access.denied',
      });
      expect(JSON.stringify(employees)).not.toMatch(/password|hash/i);
    });

    test('technicians to choose from are those at work here', async () => {
      const { id } = await save({});
      await save({ number: 'T10', name: '李志强', isActive: false });
      const { technicians } = await station.run('access.listTechnicians', {}, { as: 'dispatcher' });
      expect(technicians).toEqual([{ id, number: 'T09', name: '王建国', grade: 'A' }]);
    });

    test('the log lists the newest first, finds by column, and is for managers and administrators', async () => {
      const { id } = await save({});
      station.clock.now += 60_000;
      await save({ number: 'T10', name: '李志强' });
      await save({ name: 'twice' }).catch(() => undefined);

      const all = await station.run('auditLog.list', { offset: 0, limit: 50 }, { as: 'manager' });
      expect(all.rows.map(({ event }) => event)).toEqual(['refused', 'employee-added', 'employee-added']);
      expect(JSON.parse(all.rows[0]?.change ?? '')).toMatchObject({ code: 'value.taken' });
      const filters = [{ column: 'entityId', op: 'equals', value: id } as const];
      const one = await station.run('auditLog.list', { offset: 0, limit: 50, filters }, { as: 'manager' });
      expect(one.rows).toEqual([
        expect.objectContaining({ entityId: id, event: 'employee-added', subject: 'T09 王建国' }),
      ]);
      const named = [{ column: 'subject', op: 'contains', value: '李志' } as const];
      expect((await station.run('auditLog.list', { filters: named }, { as: 'manager' })).total).toBe(1);
      await expect(station.run('auditLog.list', { offset: 0, limit: 50 }, { as: 'accountant' })).rejects.toMatchObject({
        code: 'access.denied',
      });
    });
  });
});

const COMPANY = {
  code: 'SH01',
  name: '上海一站',
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
  administrator: { number: 'A01', name: '系统管理员', password: PASSWORD },
};

describe.each(DIALECTS)('the company on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('in an empty database', () => {
    let station: TestStation;
    beforeEach(async () => {
      station = await openTestStation(dialect);
      await station.store.write(async (trx) => {
        await trx.run('DELETE FROM installation');
        await trx.run('DELETE FROM units');
      });
    });
    afterEach(() => station.close());

    test('is made with its outlet and an administrator who can sign in', async () => {
      const { unitId } = await station.run('company.create', COMPANY);

      expect(await station.rows('SELECT id, code, name, kind FROM units')).toEqual([
        { id: unitId, code: 'SH01', name: '上海一站', kind: 'outlet' },
      ]);
      const { actor } = await station.run('session.signIn', { number: 'A01', password: PASSWORD }, { as: ANONYMOUS });
      expect(actor.roles).toEqual(['administrator']);
      expect(actor.rights).toContain('access.manage');
    });

    test('may begin as head office, whose database is the company’s server', async () => {
      const { unitId } = await station.run('company.create', { ...COMPANY, kind: 'head-office' });
      expect(await station.rows('SELECT id, kind FROM units')).toEqual([{ id: unitId, kind: 'head-office' }]);
      expect(await station.rows('SELECT role FROM installation')).toEqual([{ role: 'central' }]);
      const session = await station.run('session.signIn', { number: 'A01', password: PASSWORD }, { as: ANONYMOUS });
      expect(session).toMatchObject({ unit: { id: unitId, kind: 'head-office' }, role: 'central', isLinked: false });
    });

    test('is made once', async () => {
      await station.run('company.create', COMPANY);
      await expect(station.run('company.create', { ...COMPANY, code: 'SH02' })).rejects.toMatchObject({
        code: 'company.exists',
      });
      expect(await station.count('units')).toBe(1);
      expect(await station.count('employees')).toBe(1);
    });

    test('is not made from what cannot be, and every fault is named', async () => {
      const faults = [
        { path: 'code', rule: 'notACode' },
        { path: 'name', rule: 'required' },
        { path: 'timeZone', rule: 'notATimeZone' },
        { path: 'currency', rule: 'notACurrency' },
        { path: 'administrator.password', rule: 'weakPassword' },
      ];
      const broken = {
        code: 's h',
        name: ' ',
        timeZone: 'Asia/Nowhere',
        currency: 'yuan',
        administrator: { ...COMPANY.administrator, password: 'weak' },
      };
      await expect(station.run('company.create', broken)).rejects.toMatchObject({
        code: 'input.invalid',
        details: { faults },
      });
      expect(await station.count('units')).toBe(0);
    });

    test('is not made by somebody without a session, and its password is kept nowhere', async () => {
      await expect(station.run('company.create', COMPANY, { as: ANONYMOUS })).rejects.toMatchObject({
        code: 'session.required',
      });
      await station.run('company.create', COMPANY);
      const kept = JSON.stringify([
        await station.rows('SELECT * FROM commands'),
        await station.rows('SELECT * FROM audit_log'),
      ]);
      expect(kept).not.toContain(PASSWORD);
    });
  });
});
