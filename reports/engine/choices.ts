import type { Sql } from '#db/store.ts';
import type { Choice } from './report.ts';

/** Values are what people write, numbers and codes, so that they can be typed at the command line. */

export async function employeeChoices(sql: Sql): Promise<Choice[]> {
  return sql.all<Choice>('SELECT number AS value, name AS label FROM employees ORDER BY number');
}

export async function warehouseChoices(sql: Sql): Promise<Choice[]> {
  return sql.all<Choice>('SELECT code AS value, name AS label FROM warehouses ORDER BY code');
}

/** By name: suppliers have no code, and several units may have one of the same name. */
export async function supplierChoices(sql: Sql): Promise<Choice[]> {
  return sql.all<Choice>('SELECT DISTINCT name AS value, name AS label FROM suppliers ORDER BY name');
}
