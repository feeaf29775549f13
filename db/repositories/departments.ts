import type { DepartmentKind } from '#domain/organisation/kinds.ts';
import type { Sql } from '../store.ts';

/** Departments and the positions in them, a tree of its own in each unit. */

export type DepartmentRow = Readonly<{
  id: string;
  unitId: string;
  parentId: string | null;
  kind: DepartmentKind;
  name: string;
  isActive: boolean;
  version: number;
  createdAt: number;
}>;

export async function departmentsOf(sql: Sql, unitId: string): Promise<DepartmentRow[]> {
  return sql.all<DepartmentRow>('SELECT * FROM departments WHERE unit_id = ? ORDER BY name, id', [unitId]);
}

/** Departments of a unit with how many at work are in each itself. */
export async function countedDepartments(
  sql: Sql,
  unitId: string,
): Promise<(DepartmentRow & Readonly<{ employees: number }>)[]> {
  return sql.all(
    `SELECT d.*, COALESCE(e.count, 0) AS employees FROM departments d
       LEFT JOIN (SELECT department_id, COUNT(*) AS count FROM employees WHERE is_active = 1 AND unit_id = ?
                  GROUP BY department_id) e ON e.department_id = d.id
     WHERE d.unit_id = ? ORDER BY d.name, d.id`,
    [unitId, unitId],
  );
}

/** How many at work there are in it. */
export async function peopleIn(sql: Sql, departmentId: string): Promise<number> {
  const row = await sql.first<{ count: number }>(
    'SELECT COUNT(*) AS count FROM employees WHERE department_id = ? AND is_active = 1',
    [departmentId],
  );
  return row?.count ?? 0;
}
