import type { Sql } from '../store.ts';

/** The warehouse in which a technician keeps the parts he carries; undefined: he keeps none. */
export async function stockOfTechnician(sql: Sql, employeeId: string): Promise<string | undefined> {
  const row = await sql.first<{ id: string }>(
    "SELECT id FROM warehouses WHERE kind = 'technician' AND holder_id = ? AND is_active = 1 ORDER BY code LIMIT 1",
    [employeeId],
  );
  return row?.id;
}
