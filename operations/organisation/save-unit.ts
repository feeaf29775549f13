import { z } from 'zod';
import { isTimeZone } from '#domain/dates.ts';
import { DomainError, type FieldFault } from '#domain/errors.ts';
import { UNIT_KINDS } from '#domain/organisation/kinds.ts';
import { regionOf, subtreeOf } from '#domain/organisation/tree.ts';
import { updateVersioned } from '#db/repositories/documents.ts';
import { takeTurn } from '#db/repositories/sequences.ts';
import { allUnits, hasNumbers, hasStation, setRegion, type UnitFields, type UnitRow } from '#db/repositories/units.ts';
import { logMovedUnits, logUnitsSeenAnew } from '#db/sync/log-again.ts';
import { id, text } from '../inputs.ts';
import { defineCommand, type CommandContext } from '../operation.ts';
import { existing } from '../setup/saving.ts';
import { requireNoFaults, requireWithin } from './within.ts';

const fields = z.object({
  code: z.string().regex(/^[A-Z0-9]{2,8}$/, { error: 'notACode' }),
  name: text(100),
  kind: z.enum(UNIT_KINDS),
  parentId: id().nullable(),
  timeZone: z.string().refine(isTimeZone, { params: { rule: 'notATimeZone' } }),
  currency: z.string().regex(/^[A-Z]{3}$/, { error: 'notACurrency' }),
  isActive: z.boolean().default(true),
});

/**
 * Saves a new or changed unit. With another parent or kind the regions below it are settled anew: who shares customers and
 * work with whom follows from them, so `moved` says how many units changed their region.
 */
export const saveUnit = defineCommand({
  name: 'organisation.saveUnit',
  right: 'organisation.manage',
  reach: 'company',
  byOtherUnits: true,
  input: z.object({ existing: existing(), fields }),

  async run(ctx, { existing: known, fields: unit }) {
    await takeTurn(ctx.trx, 'units'); // two moves at once could close a circle that neither of them sees
    const units = await allUnits(ctx.trx);
    const before = known === null ? undefined : units.find(({ id: one }) => one === known.id);
    if (known && !before) throw new DomainError('not-found', { entity: 'unit', id: known.id });
    await requireFitting(ctx, units, before, unit);

    const unitId = known?.id ?? ctx.newId();
    if (known) await updateVersioned(ctx.trx, 'units', known.id, known.version, unit);
    else await ctx.trx.insert('units', { id: unitId, ...unit, version: 1, createdAt: ctx.now });
    const moved = await settleRegions(ctx, unitId, before);
    const named = <Row extends UnitFields>(row: Row) => ({ ...row, parent: nameOf(units, row.parentId) });
    const change = { ...(before ? { before: named(before) } : {}), after: named(unit) };
    ctx.audit(known ? 'changed' : 'created', 'unit', unitId, change);
    return { id: unitId, version: (known?.version ?? 0) + 1, moved };
  },
});

const nameOf = (units: readonly UnitRow[], unitId: string | null): string =>
  units.find(({ id: one }) => one === unitId)?.name ?? '';

async function requireFitting(
  ctx: CommandContext,
  units: readonly UnitRow[],
  before: UnitRow | undefined,
  unit: UnitFields,
): Promise<void> {
  if (before) requireWithin(ctx, before.id);
  if (unit.parentId !== null && unit.parentId !== before?.parentId) requireWithin(ctx, unit.parentId);
  requireNoFaults(placementFaults(units, before, unit));
  await requireFreeCode(ctx, units, before, unit.code);
  requirePlace(units, before, unit);
  if (before?.isActive && !unit.isActive) await requireIdle(ctx, units, before);
}

/** The root stays the root, whatever it is called; all others have a parent and are anything but head office. */
function placementFaults(units: readonly UnitRow[], before: UnitRow | undefined, unit: UnitFields): FieldFault[] {
  const isRoot = before !== undefined && before.parentId === null;
  if (isRoot) {
    const faults: FieldFault[] = unit.parentId === null ? [] : [{ path: 'fields.parentId', rule: 'notExpectedHere' }];
    const isFitting = unit.kind === 'head-office' || unit.kind === before.kind;
    return isFitting ? faults : [...faults, { path: 'fields.kind', rule: 'notExpectedHere' }];
  }
  const faults: FieldFault[] = unit.kind === 'head-office' ? [{ path: 'fields.kind', rule: 'notExpectedHere' }] : [];
  if (unit.parentId === null) return [...faults, { path: 'fields.parentId', rule: 'required' }];
  if (units.some(({ id: one }) => one === unit.parentId)) return faults;
  return [...faults, { path: 'fields.parentId', rule: 'doesNotExist' }];
}

/**
 * A code is one unit's for good once it stands in the numbers of documents: another one's numbers would be the same.
 * @throws DomainError `value.taken`, `unit.code-in-use`
 */
async function requireFreeCode(
  ctx: CommandContext,
  units: readonly UnitRow[],
  before: UnitRow | undefined,
  code: string,
): Promise<void> {
  if (before?.code === code) return;
  if (units.some((other) => other.code === code && other.id !== before?.id))
    throw new DomainError('value.taken', { field: 'code', value: code });
  if (before && ((await hasStation(ctx.trx, before.id)) || (await hasNumbers(ctx.trx, before.id))))
    throw new DomainError('unit.code-in-use', { code: before.code });
}

/** @throws DomainError `unit.cycle`, `unit.parent-inactive` */
function requirePlace(units: readonly UnitRow[], before: UnitRow | undefined, unit: UnitFields): void {
  if (unit.parentId === null) return;
  if (before && subtreeOf(units, before.id).includes(unit.parentId))
    throw new DomainError('unit.cycle', { unitId: before.id });
  const parent = units.find(({ id: one }) => one === unit.parentId);
  if (unit.isActive && parent?.isActive === false) throw new DomainError('unit.parent-inactive', { name: parent.name });
}

/** @throws DomainError `unit.has-children`, `unit.has-station` */
async function requireIdle(ctx: CommandContext, units: readonly UnitRow[], unit: UnitRow): Promise<void> {
  const children = units.filter(({ parentId, isActive }) => parentId === unit.id && isActive).length;
  if (children > 0) throw new DomainError('unit.has-children', { count: children });
  if (await hasStation(ctx.trx, unit.id)) throw new DomainError('unit.has-station');
}

/**
 * Settles the regions of a unit and those below it anew, and tells the stations who see them, no longer or now. Returns how many
 * units that were there before are in another region now.
 */
async function settleRegions(ctx: CommandContext, unitId: string, before: UnitRow | undefined): Promise<number> {
  const units = await allUnits(ctx.trx);
  const below = subtreeOf(units, unitId);
  const moved = new Map<string, { from: string; to: string; unitIds: string[] }>();
  for (const id of below) {
    const [from, to] = [units.find((unit) => unit.id === id)?.regionId ?? id, regionOf(units, id)];
    if (units.find((unit) => unit.id === id)?.regionId !== to) await setRegion(ctx.trx, id, to);
    if (!before || from === to) continue;
    const move = moved.get(`${from} ${to}`) ?? { from, to, unitIds: [] };
    moved.set(`${from} ${to}`, move);
    move.unitIds.push(id);
  }
  for (const { unitIds, ...regions } of moved.values()) await logMovedUnits(ctx.trx, unitIds, regions);
  if (before && before.parentId !== units.find(({ id }) => id === unitId)?.parentId)
    await logUnitsSeenAnew(ctx.trx, below);
  return [...moved.values()].reduce((sum, { unitIds }) => sum + unitIds.length, 0);
}
