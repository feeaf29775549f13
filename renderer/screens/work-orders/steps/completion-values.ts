import { WHOLE_BP } from '#domain/money.ts';
import { ONE_PIECE } from '#domain/quantity.ts';
import type { InputOf, OutputOf } from '#operations/index.ts';
import type { Photo } from '#renderer/ui/index.ts';

/** The completion sheet as its form holds it; names are those of the operation, so that its faults find their fields. */

export type TechnicianValues = Readonly<{ employeeId?: string; shareBp?: number | null }>;
export type LabourValues = Readonly<{
  workTypeId?: string;
  fee?: number | null;
  labourCost?: number | null;
  units?: number | null;
}>;
export type CompletionValues = Readonly<{
  fault: string;
  cause: string;
  action: string;
  startedAt: number | null;
  completedAt: number | null;
  technicians: readonly TechnicianValues[];
  labour: readonly LabourValues[];
  travelFee: number | null;
  discount: number | null;
  photos: readonly Photo[];
}>;

/** As it was filled in before, or with what is known: whose work it is. */
export function valuesOf({ order, completion, technicians, labour }: OutputOf<'jobs.sheet'>): CompletionValues {
  const owner = order.technicianId === null ? [] : [{ employeeId: order.technicianId, shareBp: WHOLE_BP }];
  return {
    ...completion,
    startedAt: order.startedAt,
    completedAt: order.completedAt,
    technicians:
      technicians.length > 0 ? technicians.map(({ employeeId, shareBp }) => ({ employeeId, shareBp })) : owner,
    labour,
    photos: [],
  };
}

/** What is left empty is the service's to name as missing. */
export function completionOf(values: CompletionValues): Omit<InputOf<'jobs.complete'>, 'id' | 'version'> {
  const { fault, cause, action, startedAt, completedAt, technicians, labour, travelFee, discount, photos } = values;
  return {
    fault,
    cause,
    action,
    ...(startedAt === null ? {} : { startedAt }),
    ...(completedAt === null ? {} : { completedAt }),
    technicians: technicians.map(({ employeeId = '', shareBp }) => ({ employeeId, shareBp: shareBp ?? 0 })),
    labour: labour.map(({ workTypeId = '', fee, labourCost, units }) => ({
      workTypeId,
      fee: fee ?? 0,
      labourCost: labourCost ?? 0,
      units: units ?? ONE_PIECE,
    })),
    travelFee: travelFee ?? 0,
    discount: discount ?? 0,
    photos: [...photos],
  };
}

/** Equal shares in basis points, what is left over to the first ones. */
export function equalShares(count: number): number[] {
  const each = Math.floor(WHOLE_BP / count);
  const leftOver = WHOLE_BP - each * count;
  return Array.from({ length: count }, (_, index) => each + (index < leftOver ? 1 : 0));
}
