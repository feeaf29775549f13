import { z } from 'zod';
import { TRACKINGS } from '#domain/stock/lots.ts';
import { id, money, optionalPhone, optionalText, quantity, text } from '../inputs.ts';

export const LONGEST_NUMBER = 50;

export const partFields = z.object({
  number: text(LONGEST_NUMBER),
  name: text(100),
  /** What one is: piece, metre, kilogram. */
  measure: optionalText(20),
  barcode: optionalText(50),
  /** Fen for one. */
  salePrice: money().default(0),
  isActive: z.boolean().default(true),
  category: optionalText(60),
  /** Whether each piece, or each batch, has a number of its own. */
  tracking: z.enum(TRACKINGS).default('none'),
  /** The old part has to come back, within so many days of the issue; until it has, so much (fen) is owed for one. */
  isOldReturned: z.boolean().default(false),
  oldDueDays: z.int().min(0).max(3650).default(0),
  oldAmount: money().default(0),
});

export const supplierFields = z.object({ name: text(100), phone: optionalPhone() });

export const WAREHOUSE_KINDS = [
  'parts',
  'finished-goods',
  'awaiting-repair',
  'samples',
  'scrapped',
  'vendor-returns',
  'technician',
  'recovered-parts',
  'loan-units',
] as const;

export const warehouseFields = z.object({
  code: text(20),
  name: text(100),
  kind: z.enum(WAREHOUSE_KINDS).default('parts'),
  /** Of a technician's stock: whose it is. */
  holderId: id().nullable().default(null),
  isActive: z.boolean().default(true),
});

export const workTypeFields = z.object({
  code: text(20),
  name: text(100),
  standardFee: money().default(0),
  standardMinutes: z.int().min(0).max(100_000).default(0),
  isActive: z.boolean().default(true),
});

export const storeFields = z.object({
  name: text(100),
  kind: z.enum(['store', 'dealer', 'mall', 'group', 'community']).default('store'),
  phone: optionalPhone(),
  address: optionalText(300),
});

/** How many of something a piece of work counts: thousandths, 1000 where nothing is counted. */
export const workUnits = () => quantity().max(10_000_000).default(1000);
