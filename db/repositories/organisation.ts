import type { Role } from '#domain/access/roles.ts';
import type { Sql, Transaction } from '../store.ts';

export type Unit = Readonly<{
  id: string;
  parentId: string | null;
  code: string;
  name: string;
  kind: string;
  timeZone: string;
  currency: string;
  version: number;
}>;

export type Employee = Readonly<{
  id: string;
  unitId: string;
  departmentId: string | null;
  number: string;
  name: string;
  phone: string;
  position: string;
  grade: string;
  baseSalary: number;
  positionPay: number;
  gradeAllowance: number;
  joinedOn: string | null;
  leftOn: string | null;
  isActive: boolean;
  version: number;
  createdAt: number;
}>;

export async function installedUnit(sql: Sql): Promise<Unit | undefined> {
  return sql.first<Unit>('SELECT u.* FROM installation i JOIN units u ON u.id = i.unit_id');
}

export async function employeeByNumber(sql: Sql, number: string): Promise<Employee | undefined> {
  return sql.first<Employee>('SELECT * FROM people WHERE number = ?', [number]);
}

export async function employeeById(sql: Sql, id: string): Promise<Employee | undefined> {
  return sql.first<Employee>('SELECT * FROM employees WHERE id = ?', [id]);
}

export async function rolesOf(sql: Sql, employeeId: string): Promise<Role[]> {
  const rows = await sql.all<{ role: Role }>('SELECT role FROM employee_roles WHERE employee_id = ? ORDER BY role', [
    employeeId,
  ]);
  return rows.map((row) => row.role);
}

/** `isAbleToSignIn`: has been given a password. `departmentName`: of the department, or of the position in the tree. */
export type ListedEmployee = Employee &
  Readonly<{ isAbleToSignIn: boolean; unitName: string; departmentName: string | null; roles: readonly Role[] }>;

export async function listEmployees(sql: Sql): Promise<ListedEmployee[]> {
  const employees = await sql.all<Omit<ListedEmployee, 'roles'>>(
    `SELECT e.*, CASE WHEN c.employee_id IS NULL THEN 0 ELSE 1 END AS is_able_to_sign_in,
       u.name AS unit_name, d.name AS department_name
     FROM employees e LEFT JOIN credentials c ON c.employee_id = e.id JOIN units u ON u.id = e.unit_id
       LEFT JOIN departments d ON d.id = e.department_id ORDER BY e.number`,
  );
  const roles = await sql.all<{ employeeId: string; role: Role }>(
    'SELECT employee_id, role FROM employee_roles ORDER BY role',
  );
  const rolesOfEach = Map.groupBy(roles, (row) => row.employeeId);
  return employees.map((employee) => ({
    ...employee,
    roles: (rolesOfEach.get(employee.id) ?? []).map((row) => row.role),
  }));
}

export async function replaceRoles(
  trx: Transaction,
  { id: employeeId, unitId }: Readonly<{ id: string; unitId: string }>,
  roles: readonly Role[],
  newId: () => string,
): Promise<void> {
  await trx.run('DELETE FROM employee_roles WHERE employee_id = ?', [employeeId]);
  for (const role of roles) await trx.insert('employee_roles', { id: newId(), unitId, employeeId, role });
}

export type Technician = Readonly<{ id: string; number: string; name: string; grade: string }>;

/** Who can be given the unit's work: its own technicians. */
export async function activeTechnicians(sql: Sql, unitId: string): Promise<Technician[]> {
  return sql.all<Technician>(
    `SELECT e.id, e.number, e.name, e.grade FROM employees e JOIN employee_roles r ON r.employee_id = e.id
     WHERE r.role = 'technician' AND e.is_active = 1 AND e.unit_id = ? ORDER BY e.number`,
    [unitId],
  );
}

export async function countAdministrators(sql: Sql): Promise<number> {
  const row = await sql.first<{ count: number }>(
    `SELECT COUNT(*) AS count FROM employees e JOIN employee_roles r ON r.employee_id = e.id
     WHERE r.role = 'administrator' AND e.is_active = ?`,
    [true],
  );
  return row?.count ?? 0;
}
