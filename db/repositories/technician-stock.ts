import type { Sql } from '../store.ts';

/** The warehouse in which a technician keeps the parts he carries; none is kept yet. */
export async function stockOfTechnician(_sql: Sql, _employeeId: string): Promise<string | undefined> {
  return undefined;
}
