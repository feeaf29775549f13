import { v7 as uuidv7 } from 'uuid';
import { markOf, phoneOf, type TestCompany, type UnitCode } from './units.ts';

/** What the company's units have in common. */
export async function givenCatalogue(company: TestCompany) {
  const head = await company.at('HQ');
  const fields = { code: 'R1', name: '大修', standardFee: 20_000 };
  const workType = await head.run('setup.saveWorkType', { fields });
  const part = await head.run('setup.savePart', { fields: { number: 'P-1', name: '压缩机', salePrice: 30_000 } });
  // Its old ones must come back.
  await company.store.write((trx) =>
    trx.run('UPDATE parts SET is_old_returned = 1, old_due_days = 30, old_amount = 500 WHERE id = ?', [part.id]),
  );
  await head.run(
    'payroll.saveRule',
    { code: 'L1', component: 'labour', rateBp: 1000, validFrom: '2026-01-01' },
    'accountant',
  );
  return { workTypeId: workType.id, partId: part.id };
}

export type Catalogue = Awaited<ReturnType<typeof givenCatalogue>>;
export type Business = Awaited<ReturnType<typeof givenBusiness>>;

const PHOTO = Buffer.from('no picture').toString('base64');

/** A day of a unit with something of everything: work in every stage, parts, money, pay. All its texts carry its mark. */
export async function givenBusiness(company: TestCompany, code: UnitCode, { workTypeId, partId }: Catalogue) {
  const unit = await company.at(code);
  const mark = markOf(code);
  const technician = await company.personOf(code, ['technician']);
  const warehouse = await unit.run(
    'setup.saveWarehouse',
    { fields: { code: `${code}-W`, name: `${mark} 仓` } },
    'manager',
  );
  const warehouseId = warehouse.id;
  const receipt = await unit.run(
    'stock.receive',
    { warehouseId, note: mark, lines: [{ partId, quantity: 10_000, price: 10_000 }] },
    'keeper',
  );
  await unit.run(
    'stock.issue',
    {
      kind: 'to-technician',
      warehouseId,
      recipient: mark,
      recipientId: technician.employeeId,
      note: mark,
      lines: [{ partId, quantity: 1000 }],
    },
    'keeper',
  );

  const wanted = await unit.run(
    'purchases.save',
    { warehouseId, newSupplier: { name: '压缩机厂' }, note: mark, lines: [{ partId, quantity: 2000, price: 9000 }] },
    'keeper',
  );
  const approved = await unit.run('purchases.approve', { id: wanted.id, version: 1, reason: mark }, 'accountant');
  const ordered = await unit.run('purchases.order', { id: wanted.id, version: approved.version }, 'keeper');
  const [line] = (await unit.run('purchases.get', { id: wanted.id }, 'keeper')).lines;
  await unit.run(
    'purchases.receive',
    {
      id: wanted.id,
      version: ordered.version,
      note: mark,
      lines: [{ lineId: line?.id ?? '', quantity: 1000, price: 9000 }],
    },
    'keeper',
  );

  const intake = async (mode: 'carry-in' | 'on-site') => {
    const words = { symptom: `${mark} 不制冷`, appearance: `${mark} 旧`, accessories: `${mark} 遥控器` };
    return unit.run(
      'workOrders.registerIntake',
      {
        customer: { name: `${mark} 客户`, phone: phoneOf(code), address: `${mark} 路`, note: mark },
        device: {
          category: `${mark} 空调`,
          brand: `${mark} 牌`,
          model: mark,
          serial: mark,
          placeOfPurchase: mark,
          note: mark,
        },
        mode,
        ...words,
        visitAddress: mode === 'on-site' ? `${mark} 路` : '',
        estimate: 12_345,
        deposit: { amount: 5000, method: 'cash' },
        photos: [{ name: `${mark}.png`, mediaType: 'image/png', base64: PHOTO }],
      },
      'clerk',
    );
  };

  const registered = await intake('on-site');
  const dispatched = await intake('carry-in');
  await unit.run(
    'dispatch.assign',
    { id: dispatched.id, version: 1, technicianId: technician.employeeId, reason: mark },
    'dispatcher',
  );

  const done = await intake('carry-in');
  const { id } = done;
  let { version } = await unit.run(
    'dispatch.assign',
    { id, version: 1, technicianId: technician.employeeId },
    'dispatcher',
  );
  ({ version } = await unit.run('workOrders.accept', { id, version }, technician));
  ({ version } = await unit.run('workOrders.start', { id, version }, technician));
  ({ version } = await unit.run(
    'jobs.saveMaterial',
    { workOrderId: id, version, lines: [{ partId, warehouseId, quantity: 1000 }] },
    technician,
  ));
  ({ version } = await unit.run(
    'jobs.complete',
    {
      id,
      version,
      fault: `${mark} 坏`,
      cause: `${mark} 老化`,
      action: `${mark} 更换`,
      technicians: [{ employeeId: technician.employeeId, shareBp: 10_000 }],
      labour: [{ workTypeId, fee: 23_456 }],
      travelFee: 1234,
    },
    technician,
  ));
  const place = { warehouseId, partId };
  await unit.run('stock.savePlace', { ...place, bin: `${mark} 架`, minQuantity: 90_000_000 }, 'keeper');
  await unit.run(
    'stock.reserve',
    { ...place, quantity: 1000, reservedFor: `${mark} 预订`, untilOn: '2099-12-31' },
    'clerk',
  );
  return {
    unit,
    code,
    mark,
    technician,
    partId,
    warehouseId,
    receiptId: receipt.id,
    purchaseId: wanted.id,
    registered,
    dispatched,
    done: { ...done, version },
  };
}

/** Audited, settled and paid. */
export async function givenPaid(company: TestCompany, { code, mark, done }: Business) {
  const unit = await company.at(code);
  const { id } = done;
  const { version } = await unit.run('audit.approve', { id, version: done.version, note: mark }, 'auditor');
  const { due } = await unit.run('billing.statement', { workOrderId: id }, 'clerk');
  await unit.run('billing.settle', { id, version, method: 'cash', expectedDue: due }, 'clerk');
  const period = await unit.run('payroll.openPeriod', { from: '2026-03-01', to: '2026-03-31' }, 'accountant');
  await unit.run('payroll.calculate', { periodId: period.id, version: 1 }, 'accountant');
  return { periodId: period.id };
}

/** What head office knows of a unit's station. */
export async function givenStationOf(company: TestCompany, code: UnitCode): Promise<string> {
  const id = uuidv7();
  const mark = markOf(code);
  await company.store.write(async (trx) => {
    await trx.insert('stations', {
      id,
      unitId: company.ids[code],
      name: mark,
      tokenHash: id,
      databaseId: id,
      state: 'active',
      pushedSeq: 0,
      pushedDigest: '',
      pullCursor: '',
      programVersion: '1.0.0',
      schemaVersion: 10,
      databaseSize: 1,
      pendingCount: 0,
      refusedCount: 1,
      clockSkew: 0,
      problem: '',
      announced: '[]',
      enrolledAt: 1,
      version: 1,
    });
    await trx.insert('sync_refusals', {
      id: uuidv7(),
      stationId: id,
      direction: 'in',
      tableName: 'work_orders',
      rowId: uuidv7(),
      code: 'sync.row-refused',
      detail: `{"said":"${mark}"}`,
      content: `{"symptom":"${mark}"}`,
      at: 1,
      attempts: 1,
    });
  });
  return id;
}
