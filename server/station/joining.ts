import { hostname } from 'node:os';
import { z } from 'zod';
import { isEnrolmentCode } from '#domain/sync/enrolment-code.ts';
import { DomainError } from '#domain/errors.ts';
import { faultsOf, fragment, text } from '#operations/inputs.ts';
import { enrol, inspectServer, type Inspected } from '#sync/station/enrol.ts';
import type { Enrolled } from '#sync/station/enrolment.ts';
import type { SnapshotProgress } from '#sync/station/fetch-snapshot.ts';

/** How an empty data folder becomes the station of a company that has a server. */
export type Joining = Readonly<{
  /** Who answers at the address, to be compared. @throws DomainError */
  inspect(input: unknown): Promise<Inspected>;
  /** Begun again after it was cut off, it goes on. @throws DomainError */
  join(input: unknown): Promise<Enrolled>;
  /** How far joining has come; null before there is anything to tell. */
  progress(): Promise<SnapshotProgress | null>;
}>;

const code = z.string().refine(isEnrolmentCode, { params: { rule: 'notAnEnrolmentCode' } });
const lookUp = z.object({ address: text(300), code });
const joining = lookUp.extend({ fingerprint: fragment(200).nullable() });

export function joiningIn(dataFolder: string): Joining {
  let come: SnapshotProgress | null = null;
  return {
    inspect: async (input) => inspectServer(parsed(lookUp, input).address),
    join: async (input) => {
      come = null;
      const onProgress = (progress: SnapshotProgress) => (come = progress);
      return enrol({ ...parsed(joining, input), dataFolder, name: hostname(), onProgress });
    },
    progress: async () => come,
  };
}

/** @throws DomainError `input.invalid` with the faults by field */
function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new DomainError('input.invalid', { faults: faultsOf(result.error) });
}
