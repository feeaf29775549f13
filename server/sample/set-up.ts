import type { Actor } from '#domain/access/actor.ts';
import { PARTS, RULES, STORES, SUPPLIERS, WAREHOUSES, WORK_TYPES } from './catalogue.ts';
import type { Sample } from './sample.ts';

/** What the days of the sample work with. */
export type SetUp = Readonly<{
  warehouseId: string;
  supplierIds: readonly string[];
  storeIds: readonly string[];
  /** By work type's code. */
  workTypes: ReadonlyMap<string, Readonly<{ id: string; fee: number }>>;
  /** By part number. */
  parts: ReadonlyMap<string, Readonly<{ id: string; salePrice: number; cost: number }>>;
  /** By employee number. */
  employeeIds: ReadonlyMap<string, string>;
}>;

/** Catalogue, warehouses and rules, and the first delivery of parts. */
export async function setUp(sample: Sample, actors: ReadonlyMap<string, Actor>): Promise<SetUp> {
  const supplierIds = await inTurn(SUPPLIERS, (fields) =>
    sample.run('', 'setup.saveSupplier', { existing: null, fields }),
  );
  const storeIds = await inTurn(STORES, (fields) => sample.run('', 'setup.saveStore', { existing: null, fields }));
  const [warehouseId = ''] = await inTurn(WAREHOUSES, ({ holder, ...fields }) => {
    const holderId = actors.get(holder)?.employeeId ?? null;
    return sample.run('', 'setup.saveWarehouse', { existing: null, fields: { ...fields, holderId } });
  });
  const workTypes = new Map<string, { id: string; fee: number }>();
  for (const fields of WORK_TYPES) {
    const { id } = await sample.run('', 'setup.saveWorkType', { existing: null, fields });
    workTypes.set(fields.code, { id, fee: fields.standardFee });
  }
  const parts = await stockUp(sample, warehouseId, supplierIds);
  await publishRules(sample, workTypes);
  const employeeIds = new Map([...actors].map(([number, actor]) => [number, actor.employeeId]));
  return { warehouseId, supplierIds, storeIds, workTypes, parts, employeeIds };
}

async function inTurn<T>(rows: readonly T[], save: (row: T) => Promise<{ id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for (const row of rows) ids.push((await save(row)).id);
  return ids;
}

async function stockUp(sample: Sample, warehouseId: string, supplierIds: readonly string[]): Promise<SetUp['parts']> {
  const parts = new Map<string, { id: string; salePrice: number; cost: number }>();
  const lines: { partId: string; quantity: number; price: number }[] = [];
  for (const [i, [number, name, measure, salePrice, cost, pieces]] of PARTS.entries()) {
    const barcode = `69012340${String(i + 1).padStart(5, '0')}`;
    const fields = { number, name, measure, salePrice, barcode };
    const { id } = await sample.run('', 'setup.savePart', { existing: null, fields });
    parts.set(number, { id, salePrice, cost });
    lines.push({ partId: id, quantity: pieces * 1000, price: cost });
  }
  const half = Math.ceil(lines.length / 2);
  for (const [i, supplierId] of supplierIds.entries()) {
    await sample.run('K01', 'stock.receive', {
      warehouseId,
      supplierId,
      lines: i === 0 ? lines.slice(0, half) : lines.slice(half),
    });
  }
  return parts;
}

async function publishRules(sample: Sample, workTypes: ReadonlyMap<string, { id: string }>): Promise<void> {
  for (const rule of RULES) {
    const { code, component, rateBp, amount } = rule;
    const workTypeId = 'workType' in rule ? (workTypes.get(rule.workType)?.id ?? null) : null;
    const conditions = { ...rule.conditions, workTypeId };
    await sample.run('F01', 'payroll.saveRule', {
      code,
      component,
      rateBp,
      amount,
      conditions,
      validFrom: '2024-01-01',
    });
  }
}
