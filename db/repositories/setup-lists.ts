import type { Listing } from '../listing.ts';

/** The lists of the set-up. */

export const SUPPLIERS: Listing = {
  from: 'suppliers',
  columns: {
    id: { sql: 'id', type: 'text' },
    name: { sql: 'name', type: 'text' },
    phone: { sql: 'phone', type: 'text' },
    version: { sql: 'version', type: 'number' },
  },
  order: [['name', 'asc']],
};
export type SupplierRow = Readonly<{ id: string; name: string; phone: string; version: number }>;

export const WAREHOUSES: Listing = {
  from: 'warehouses w LEFT JOIN people e ON e.id = w.holder_id',
  columns: {
    id: { sql: 'w.id', type: 'text' },
    code: { sql: 'w.code', type: 'text' },
    name: { sql: 'w.name', type: 'text' },
    kind: { sql: 'w.kind', type: 'text' },
    holderId: { sql: 'w.holder_id', type: 'text' },
    holder: { sql: 'e.name', type: 'text' },
    isActive: { sql: 'w.is_active', type: 'number' },
    unitId: { sql: 'w.unit_id', type: 'text' },
    value: {
      sql: 'COALESCE((SELECT SUM(b.value) FROM stock_balances b WHERE b.warehouse_id = w.id), 0)',
      type: 'number',
    },
    version: { sql: 'w.version', type: 'number' },
  },
  order: [['code', 'asc']],
};
/** `value`: fen, of all that lies there. */
export type WarehouseRow = Readonly<{
  id: string;
  code: string;
  name: string;
  kind: string;
  holderId: string | null;
  holder: string | null;
  isActive: boolean;
  unitId: string;
  value: number;
  version: number;
}>;

export const WORK_TYPES: Listing = {
  from: 'work_types',
  columns: {
    id: { sql: 'id', type: 'text' },
    code: { sql: 'code', type: 'text' },
    name: { sql: 'name', type: 'text' },
    standardFee: { sql: 'standard_fee', type: 'number' },
    standardMinutes: { sql: 'standard_minutes', type: 'number' },
    isActive: { sql: 'is_active', type: 'number' },
    version: { sql: 'version', type: 'number' },
  },
  order: [['code', 'asc']],
};
export type WorkTypeRow = Readonly<{
  id: string;
  code: string;
  name: string;
  standardFee: number;
  standardMinutes: number;
  isActive: boolean;
  version: number;
}>;

export const STORES: Listing = {
  from: 'stores s JOIN units u ON u.id = s.unit_id',
  columns: {
    id: { sql: 's.id', type: 'text' },
    name: { sql: 's.name', type: 'text' },
    kind: { sql: 's.kind', type: 'text' },
    phone: { sql: 's.phone', type: 'text' },
    address: { sql: 's.address', type: 'text' },
    unitId: { sql: 's.unit_id', type: 'text' },
    unitName: { sql: 'u.name', type: 'text' },
    version: { sql: 's.version', type: 'number' },
  },
  order: [
    ['name', 'asc'],
    ['id', 'asc'],
  ],
};
/** `unitId`: of whose database it is kept in; the whole company sees it. */
export type StoreRow = Readonly<{
  id: string;
  name: string;
  kind: string;
  phone: string;
  address: string;
  unitId: string;
  unitName: string;
  version: number;
}>;
