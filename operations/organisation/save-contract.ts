import { z } from 'zod';
import { DomainError } from '#domain/errors.ts';
import { ratingOf } from '#domain/organisation/contracts.ts';
import { WORK_KINDS } from '#domain/work-orders/kinds.ts';
import { contractByNumber, insertContract, requireContract, updateContract } from '#db/repositories/contracts.ts';
import { takeTurn } from '#db/repositories/sequences.ts';
import { allUnits, type UnitRow } from '#db/repositories/units.ts';
import { businessDay, id, optionalPhone, optionalText, text } from '../inputs.ts';
import { defineCommand } from '../operation.ts';
import { existing } from '../setup/saving.ts';
import { requireNoFaults, requireWithin } from './within.ts';

const fields = z
  .object({
    /** The outlet that the provider runs. */
    unitId: id(),
    number: text(50),
    provider: text(100),
    contact: optionalText(100),
    phone: optionalPhone(),
    /** Places as addresses name them: 浦东新区, 苏州市. */
    areas: z
      .array(text(60))
      .min(1)
      .max(200)
      .transform((areas) => [...new Set(areas)]),
    kinds: z
      .array(z.enum(WORK_KINDS))
      .min(1)
      .max(WORK_KINDS.length)
      .transform((kinds) => WORK_KINDS.filter((kind) => kinds.includes(kind))),
    fromOn: businessDay(),
    toOn: businessDay().nullable().default(null),
    note: optionalText(1000),
  })
  .refine(({ fromOn, toOn }) => toOn === null || fromOn <= toOn, { path: ['toOn'], params: { rule: 'beforeFrom' } });

/** Saves a new or changed contract. Its state and its rating follow from what happens under it, not from here. */
export const saveContract = defineCommand({
  name: 'organisation.saveContract',
  right: 'organisation.manage',
  reach: 'company',
  byOtherUnits: true,
  input: z.object({ existing: existing(), fields }),

  async run(ctx, { existing: known, fields: contract }) {
    await takeTurn(ctx.trx, 'contracts');
    const before = known ? await requireContract(ctx.trx, known.id) : undefined;
    const units = await allUnits(ctx.trx);
    if (before) requireWithin(ctx, before.unitId);
    requireOutlet(units, contract.unitId, before?.unitId);
    requireWithin(ctx, contract.unitId);
    const namesake = await contractByNumber(ctx.trx, contract.number);
    if (namesake && namesake.id !== known?.id)
      throw new DomainError('value.taken', { field: 'number', value: contract.number });

    const contractId = known?.id ?? ctx.newId();
    const origin = { id: contractId, state: 'active', rating: ratingOf([]), createdAt: ctx.now } as const;
    if (known) await updateContract(ctx.trx, known, contract);
    else await insertContract(ctx.trx, origin, contract);
    const change = { ...(before ? { before } : {}), after: contract };
    ctx.audit(known ? 'changed' : 'created', 'contract', contractId, change);
    return { id: contractId, version: (known?.version ?? 0) + 1 };
  },
});

/**
 * A provider runs an outlet, and goes on with the one that it has.
 * @throws DomainError `input.invalid`
 */
function requireOutlet(units: readonly UnitRow[], unitId: string, current: string | undefined): void {
  if (unitId === current) return;
  const unit = units.find(({ id: one }) => one === unitId);
  if (!unit?.isActive) requireNoFaults([{ path: 'fields.unitId', rule: 'doesNotExist' }]);
  else if (unit.kind !== 'outlet') requireNoFaults([{ path: 'fields.unitId', rule: 'notExpectedHere' }]);
}
