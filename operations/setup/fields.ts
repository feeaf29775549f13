import { z } from 'zod';
import { money, optionalPhone, optionalText, quantity, text } from '../inputs.ts';

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
