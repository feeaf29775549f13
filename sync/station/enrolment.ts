import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { enrolAnswer } from '../protocol.ts';

/** How far an enrolment has come: kept in the data folder until it is done, since a code is good only once. */

const enrolledSchema = z.object({
  unitId: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  /** Human numbers of documents that only the PC before this one had. */
  lost: z.array(z.string()),
  /** When the server last heard of that PC, ms UTC. */
  lastHeardAt: z.number().nullable(),
});
export type Enrolled = Readonly<z.output<typeof enrolledSchema>>;

const begunSchema = z.object({
  codeHash: z.string(),
  address: z.string(),
  /** Of the database to be: by it the server knows who asks again. */
  databaseId: z.string(),
  /** The server's, once it has come: from then on there is a token. */
  answer: enrolAnswer.nullable(),
  /** What there is to tell, once the new database is complete. */
  enrolled: enrolledSchema.nullable(),
});
export type Begun = Readonly<z.output<typeof begunSchema>>;

export function readEnrolment(file: string): Begun | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return begunSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // of another version, or torn: it begins anew
  }
}

export function writeEnrolment(file: string, begun: Begun): void {
  writeFileSync(`${file}.new`, JSON.stringify(begun), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

export function forgetEnrolment(file: string): void {
  rmSync(file, { force: true });
}
