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
  from: 'warehouses w',
  columns: {
    id: { sql: 'w.id', type: 'text' },
    code: { sql: 'w.code', type: 'text' },
    name: { sql: 'w.name', type: 'text' },
    kind: { sql: 'w.kind', type: 'text' },
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
  from: 'stores',
  columns: {
    id: { sql: 'id', type: 'text' },
    name: { sql: 'name', type: 'text' },
    kind: { sql: 'kind', type: 'text' },
    version: { sql: 'version', type: 'number' },
  },
  order: [['name', 'asc']],
};
export type StoreRow = Readonly<{ id: string; name: string; kind: string; version: number }>;
