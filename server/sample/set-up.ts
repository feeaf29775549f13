import type { Actor } from '#domain/access/actor.ts';
import {
  DEADLINE_RULES,
  OLD_PARTS,
  PART_CATEGORIES,
  PARTS,
  PAY_ITEMS,
  RULES,
  STORES,
  SUPPLIERS,
  TERMS,
  TIER_RULE,
  TRACKED_PART,
  WAREHOUSES,
  WORK_TYPES,
} from './catalogue.ts';
import type { Sample } from './sample.ts';

/** What the days of the sample work with. */
export type SetUp = Readonly<{
  /** The main one, and that of old parts. */
  warehouseId: string;
  oldPartsId: string;
  supplierIds: readonly string[];
  storeIds: readonly string[];
  /** By work type's code. */
  workTypes: ReadonlyMap<string, Readonly<{ id: string; fee: number }>>;
  /** By part number. */
  parts: ReadonlyMap<string, SamplePart>;
  /** Its pieces have serial numbers. */
  tracked: SamplePart;
  /** By code. */
  itemIds: ReadonlyMap<string, string>;
  /** By employee number. */
  employeeIds: ReadonlyMap<string, string>;
}>;

/** `bin` and `least` (pieces): where it lies in the main warehouse, and how much of it should. */
export type SamplePart = Readonly<{ id: string; salePrice: number; cost: number; bin: string; least: number }>;

const VALID_FROM = '2024-01-01';

/** Catalogue, warehouses and rules, and the first delivery of parts. */
export async function setUp(sample: Sample, actors: ReadonlyMap<string, Actor>): Promise<SetUp> {
  const supplierIds = await inTurn(SUPPLIERS, (fields) =>
    sample.run('', 'setup.saveSupplier', { existing: null, fields }),
  );
  const storeIds = await inTurn(STORES, (fields) => sample.run('', 'setup.saveStore', { existing: null, fields }));
  const [warehouseId = '', , oldPartsId = ''] = await inTurn(WAREHOUSES, ({ holder, ...fields }) => {
    const holderId = actors.get(holder)?.employeeId ?? null;
    return sample.run('', 'setup.saveWarehouse', { existing: null, fields: { ...fields, holderId } });
  });
  const workTypes = new Map<string, { id: string; fee: number }>();
  for (const fields of WORK_TYPES) {
    const { id } = await sample.run('', 'setup.saveWorkType', { existing: null, fields });
    workTypes.set(fields.code, { id, fee: fields.standardFee });
  }
  const parts = await stockUp(sample, warehouseId, supplierIds);
  const tracked = await trackedPart(sample);
  await publishRules(sample, workTypes);
  const itemIds = await publishTerms(sample);
  const employeeIds = new Map([...actors].map(([number, actor]) => [number, actor.employeeId]));
  return { warehouseId, oldPartsId, supplierIds, storeIds, workTypes, parts, tracked, itemIds, employeeIds };
}

async function inTurn<T>(rows: readonly T[], save: (row: T) => Promise<{ id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for (const row of rows) ids.push((await save(row)).id);
  return ids;
}

async function stockUp(sample: Sample, warehouseId: string, supplierIds: readonly string[]): Promise<SetUp['parts']> {
  const parts = new Map<string, SamplePart>();
  const lines: { partId: string; quantity: number; price: number }[] = [];
  for (const [i, [number, name, measure, salePrice, cost, pieces]] of PARTS.entries()) {
    const barcode = `69012340${String(i + 1).padStart(5, '0')}`;
    const fields = { number, name, measure, salePrice, barcode, ...partTraits(number) };
    const { id } = await sample.run('', 'setup.savePart', { existing: null, fields });
    const place = { bin: `A-${Math.floor(i / 5) + 1}-${(i % 5) + 1}`, least: Math.ceil(pieces / 4) };
    parts.set(number, { id, salePrice, cost, ...place });
    const [minQuantity, maxQuantity] = [place.least * 1000, pieces * 2000];
    await sample.run('K01', 'stock.savePlace', { warehouseId, partId: id, bin: place.bin, minQuantity, maxQuantity });
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

function partTraits(number: string) {
  const category = PART_CATEGORIES[number.slice(number.lastIndexOf('-') + 1)] ?? '通用';
  const old = OLD_PARTS[number];
  return old ? { category, isOldReturned: true, oldDueDays: old.days, oldAmount: old.amount } : { category };
}

async function trackedPart(sample: Sample): Promise<SamplePart> {
  const { cost, ...fields } = TRACKED_PART;
  const part = { ...fields, category: '空调', tracking: 'serial' } as const;
  const { id } = await sample.run('', 'setup.savePart', { existing: null, fields: part });
  return { id, salePrice: fields.salePrice, cost, bin: '', least: 0 };
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
      validFrom: VALID_FROM,
    });
  }
}

/** What is paid by the month, promised, and rewarded or punished. Returns the ids of the items by their codes. */
async function publishTerms(sample: Sample): Promise<ReadonlyMap<string, string>> {
  const { tiers, ...tierRule } = TIER_RULE;
  await sample.run('F01', 'payroll.saveRule', { ...tierRule, tiers: [...tiers], validFrom: VALID_FROM });
  for (const rule of DEADLINE_RULES)
    await sample.run('F01', 'payroll.saveDeadlineRule', { ...rule, capAmount: 3_000, validFrom: VALID_FROM });
  const { workingHours } = TERMS;
  const terms = { ...TERMS, workingHours: { ...workingHours, days: [...workingHours.days] } };
  await sample.run('F01', 'payroll.publishTerms', { ...terms, validFrom: VALID_FROM });
  const itemIds = new Map<string, string>();
  for (const [code, name, category, kind, amount] of PAY_ITEMS) {
    const fields = { code, name, category, kind, amount };
    itemIds.set(code, (await sample.run('F01', 'payroll.saveItem', { existing: null, fields })).id);
  }
  return itemIds;
}
