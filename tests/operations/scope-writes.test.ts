import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationName } from '#operations/index.ts';
import { DIALECTS, isAvailable } from '../helpers/databases.ts';
import { givenBusiness, givenCatalogue, givenPaid, type Business, type Catalogue } from '../helpers/unit-business.ts';
import { openTestCompany, type TestCompany, type UnitCode } from '../helpers/units.ts';

/** Each row has one writer: what another unit's people, or another unit's database, may not change. */

describe.each(DIALECTS)('one writer for each row on %s', (dialect) => {
  describe.skipIf(!isAvailable(dialect))('of a company in one database', () => {
    let company: TestCompany;
    let catalogue: Catalogue;
    beforeEach(async () => {
      company = await openTestCompany(dialect);
      catalogue = await givenCatalogue(company);
    });
    afterEach(() => company.close());

    /** Everything the refused command could have touched. */
    const standing = async () =>
      Promise.all(
        [
          'work_orders',
          'work_order_states',
          'stock_moves',
          'stock_balances',
          'settlements',
          'pay_entries',
          'attachments',
        ].map((table) => company.rows(`SELECT * FROM ${table} ORDER BY 1, 2`)),
      );

    async function refusedTo(code: UnitCode, name: OperationName, input: object): Promise<string> {
      const unit = await company.at(code);
      const everything = await company.personOf(code, ['manager', 'administrator', 'technician']);
      const before = await standing();
      const refusal = await unit.run(name, input as never, everything).then(
        () => 'done',
        (error: unknown) => (error as { code?: string }).code ?? String(error),
      );
      expect(await standing()).toEqual(before);
      return refusal;
    }

    const commandsOn = ({ registered, dispatched, done, technician, warehouseId }: Business) =>
      [
        ['dispatch.assign', { id: registered.id, version: 1, technicianId: technician.employeeId }],
        ['workOrders.accept', { id: dispatched.id, version: 2 }],
        ['workOrders.cancel', { id: registered.id, version: 1, reason: '不修了' }],
        ['workOrders.edit', { id: registered.id, version: 1, fields: editedFields }],
        ['audit.approve', { id: done.id, version: done.version }],
        ['billing.takeDeposit', { workOrderId: registered.id, amount: 100, method: 'cash' }],
        ['jobs.withdrawCompletion', { id: done.id, version: done.version, reason: '未完成' }],
        [
          'attachments.add',
          { workOrderId: done.id, files: [{ name: 'a.png', mediaType: 'image/png', base64: 'AAAA' }] },
        ],
        ['stock.issue', { kind: 'counter-sale', warehouseId, lines: [{ partId: catalogue.partId, quantity: 1000 }] }],
        ['stock.receive', { warehouseId, lines: [{ partId: catalogue.partId, quantity: 1000, price: 1 }] }],
      ] as const satisfies ReadonlyArray<readonly [OperationName, object]>;
    const editedFields = {
      urgency: 'urgent',
      warrantyClass: 'in',
      storeId: null,
      symptom: '改',
      appearance: '',
      accessories: '',
      visitAddress: '改',
      estimate: 0,
      promisedAt: null,
    };

    test('a region sees the work and the warehouses of its outlets and changes none of it', async () => {
      const outlet = await givenBusiness(company, 'EA01', catalogue);
      for (const [name, input] of commandsOn(outlet)) {
        const refusal = await refusedTo('EAST', name, input);
        // Its technician isn't one of the region's: said before anything is written.
        const expected = name === 'dispatch.assign' ? 'employee.not-a-technician' : 'document.of-another-unit';
        expect(`${name}: ${refusal}`).toBe(`${name}: ${expected}`);
      }
    });

    test('of another outlet there is nothing to change', async () => {
      const outlet = await givenBusiness(company, 'EA01', catalogue);
      for (const [name, input] of commandsOn(outlet))
        expect(`${name}: ${await refusedTo('EA02', name, input)}`).toBe(`${name}: not-found`);
    });

    test('work that is done is settled and calculated where it was done', async () => {
      const outlet = await givenBusiness(company, 'EA01', catalogue);
      const { periodId } = await givenPaid(company, outlet);
      const period = { periodId, version: 2 };
      expect(await refusedTo('EAST', 'payroll.calculate', period)).toBe('document.of-another-unit');
      expect(await refusedTo('EAST', 'payroll.review', period)).toBe('document.of-another-unit');
      const unit = await company.at('EA01');
      expect(await unit.run('payroll.review', period, 'accountant')).toMatchObject({ state: 'reviewed' });
      expect(await unit.run('payroll.lock', { ...period, version: 3 }, 'accountant')).toMatchObject({
        state: 'locked',
      });
    });

    test('at head office’s database people of a region look, and make no documents that would be head office’s', async () => {
      const head = await company.at('HQ');
      const clerk = await company.personOf('EAST', ['clerk']);
      const intake = { customer: null, device: { category: '空调' }, mode: 'carry-in', symptom: '不制冷' } as const;
      await expect(head.run('workOrders.registerIntake', intake, clerk)).rejects.toMatchObject({
        code: 'document.of-another-unit',
      });
      expect(await company.rows('SELECT id FROM work_orders')).toEqual([]);
    });

    test('what is about the database itself is for those whose unit it serves', async () => {
      const head = await company.at('HQ');
      const regional = await company.personOf('EAST', ['administrator']);
      await expect(head.run('webhooks.list', {}, regional)).rejects.toMatchObject({ code: 'access.denied' });
      await expect(head.run('webhooks.list', {}, 'administrator')).resolves.toBeDefined();
    });

    test('a customer registered at one outlet is known, called by name and changed at another of the region', async () => {
      const first = await givenBusiness(company, 'EA01', catalogue);
      const [customer] = await company.rows<{ id: string; version: number }>(
        'SELECT c.id, c.version FROM customers c JOIN work_orders w ON w.customer_id = c.id WHERE w.id = ?',
        [first.done.id],
      );
      const id = customer?.id ?? '';
      const other = await company.at('EA02');
      const fields = { name: '改名', phone: '13800000000' };
      await other.run('customers.save', { existing: { id, version: 1 }, fields }, 'clerk');
      const device = { category: '冰箱' };
      await other.run(
        'workOrders.registerIntake',
        { customer: { id }, device, mode: 'carry-in', symptom: '不制冷' },
        'clerk',
      );
      expect(await other.run('workOrders.list', {}, 'manager')).toMatchObject({
        total: 1,
        rows: [{ customerName: '改名', category: '冰箱' }],
      });
      const west = await company.at('WE01');
      const stale = { existing: { id, version: 2 }, fields };
      await expect(west.run('customers.save', stale, 'clerk')).rejects.toMatchObject({ code: 'not-found' });
    });

    test('an order of another outlet of the region says what was done, not what it cost, and offers no step', async () => {
      const outlet = await givenBusiness(company, 'EA01', catalogue);
      await givenPaid(company, outlet);
      const other = await company.at('EA02');
      const page = await other.run('workOrders.get', { id: outlet.done.id }, 'manager');
      expect(page).toMatchObject({
        order: { action: `${outlet.mark} 更换`, estimate: 0, travelFee: 0, discount: 0 },
        labour: [{ name: '大修', fee: 0 }],
        parts: [{ name: '压缩机', price: 0, warehouseName: '' }],
        technicians: [{ name: outlet.technician.name }],
        entries: [],
        settlement: null,
        nextSteps: [],
      });
      const own = await company.at('EA01');
      expect(await own.run('workOrders.get', { id: outlet.done.id }, 'manager')).toMatchObject({
        labour: [{ fee: 23_456 }],
        settlement: { labour: 23_456 },
      });
      const region = await company.at('EAST');
      const seen = await region.run('workOrders.get', { id: outlet.done.id }, 'manager');
      expect(seen).toMatchObject({ labour: [{ fee: 23_456 }], settlement: { labour: 23_456 }, nextSteps: [] });
    });

    test('a region’s payroll pays its own people, whoever else lies in its database', async () => {
      const outlet = await givenBusiness(company, 'EA01', catalogue);
      await givenPaid(company, outlet);
      const own = await givenBusiness(company, 'EAST', catalogue);
      const { periodId } = await givenPaid(company, own);
      const region = await company.at('EAST');
      const { rows } = await region.run('payroll.period', { id: periodId }, 'accountant');
      expect(rows.length).toBeGreaterThan(0);
      const people = await company.rows<{ id: string }>('SELECT id FROM employees WHERE unit_id = ?', [
        company.ids.EAST,
      ]);
      expect(rows.map(({ employeeId }) => employeeId).toSorted()).toEqual(
        expect.arrayContaining([own.technician.employeeId]),
      );
      for (const { employeeId } of rows) expect(people.map(({ id }) => id)).toContain(employeeId);
      // What its outlets paid is there to be seen.
      expect((await region.run('payroll.listPeriods', {}, 'accountant')).rows).toHaveLength(2);
    });

    test('somebody who went to another unit is still paid, and named, for what he did here', async () => {
      const outlet = await givenBusiness(company, 'EA01', catalogue);
      const moved = outlet.technician.employeeId;
      const { version } = outlet.done;
      await company.store.write(async (trx) => {
        for (const table of ['employees', 'employee_roles'])
          await trx.run(`UPDATE ${table} SET unit_id = ? WHERE ${table === 'employees' ? 'id' : 'employee_id'} = ?`, [
            company.ids.WE01,
            moved,
          ]);
      });
      const { periodId } = await givenPaid(company, { ...outlet, done: { ...outlet.done, version } });
      const unit = await company.at('EA01');
      const { rows } = await unit.run('payroll.period', { id: periodId }, 'accountant');
      expect(rows.find(({ employeeId }) => employeeId === moved)).toMatchObject({ basePay: 0, labour: 2346 });
      const list = await unit.run('access.listEmployees', {}, 'manager');
      expect(list.employees.map(({ id }) => id)).not.toContain(moved);
      const order = await unit.run('workOrders.get', { id: outlet.done.id }, 'manager');
      expect(order.technicians).toMatchObject([{ name: outlet.technician.name }]);
    });

    test('work is given to technicians of one’s own unit only', async () => {
      const theirs = await company.personOf('EA02', ['technician']);
      const outlet = await givenBusiness(company, 'EAST', catalogue);
      const region = await company.at('EAST');
      const { technicians } = await region.run('access.listTechnicians', {}, 'dispatcher');
      expect(technicians.map(({ id }) => id)).toEqual([outlet.technician.employeeId]);
      await expect(
        region.run(
          'dispatch.assign',
          { id: outlet.registered.id, version: 1, technicianId: theirs.employeeId },
          'dispatcher',
        ),
      ).rejects.toMatchObject({ code: 'employee.not-a-technician' });
    });

    test('forms offer the unit’s own warehouses, and places of sale and suppliers of its line up to head office', async () => {
      for (const code of ['HQ', 'EAST', 'EA01', 'EA02', 'WEST'] as const) {
        const unit = await company.at(code);
        await unit.run('setup.saveStore', { fields: { name: `店${code}` } }, 'manager');
        await unit.run('setup.saveSupplier', { fields: { name: `供${code}` } }, 'manager');
        await unit.run('setup.saveWarehouse', { fields: { code: 'W1', name: `仓${code}` } }, 'manager');
      }
      const region = await company.at('EAST');
      const { stores } = await region.run('intake.choices', {}, 'clerk');
      expect(stores.map(({ name }) => name)).toEqual(['店EA01', '店EA02', '店EAST', '店HQ']);
      const outlet = await company.at('EA01');
      const { warehouses, suppliers } = await outlet.run('stock.choices', {}, 'keeper');
      expect(warehouses.map(({ name }) => name)).toEqual(['仓EA01']);
      expect(suppliers.map(({ name }) => name)).toEqual(['供EA01', '供EAST', '供HQ']);
    });
  });
});
