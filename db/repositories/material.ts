import type { Tracking } from '#domain/stock/lots.ts';
import type { Charge } from '#domain/stock/material.ts';
import type { Sql, Transaction } from '../store.ts';

/** The material list of a work order, and what was done to complete it. */

export type MaterialRow = Readonly<{
  id: string;
  workOrderId: string;
  lineNo: number;
  warehouseId: string;
  partId: string;
  quantity: number;
  price: number;
  cost: number;
  charge: Charge;
}>;

/** An order, and the unit whose it is: what hangs on it is that unit's, too. */
type OrderOfUnit = Readonly<{ id: string; unitId: string }>;

export async function materialOf(sql: Sql, workOrderId: string): Promise<MaterialRow[]> {
  return sql.all<MaterialRow>('SELECT * FROM work_order_parts WHERE work_order_id = ? ORDER BY line_no', [workOrderId]);
}

export async function replaceMaterial(
  trx: Transaction,
  { id: workOrderId, unitId }: OrderOfUnit,
  rows: readonly Omit<MaterialRow, 'workOrderId' | 'lineNo'>[],
): Promise<void> {
  await trx.run('DELETE FROM work_order_parts WHERE work_order_id = ?', [workOrderId]);
  for (const [index, row] of rows.entries())
    await trx.insert('work_order_parts', { ...row, unitId, workOrderId, lineNo: index + 1 });
}

export type TechnicianShare = Readonly<{ employeeId: string; shareBp: number }>;
export type LabourRow = Readonly<{ workTypeId: string; fee: number; labourCost: number; units: number }>;

export async function labourRowsOf(sql: Sql, workOrderId: string): Promise<LabourRow[]> {
  return sql.all<LabourRow>(
    'SELECT work_type_id, fee, labour_cost, units FROM work_order_labour WHERE work_order_id = ? ORDER BY line_no',
    [workOrderId],
  );
}

export async function replaceTechnicians(
  trx: Transaction,
  newId: () => string,
  { id: workOrderId, unitId }: OrderOfUnit,
  technicians: readonly TechnicianShare[],
): Promise<void> {
  await trx.run('DELETE FROM work_order_technicians WHERE work_order_id = ?', [workOrderId]);
  for (const technician of technicians)
    await trx.insert('work_order_technicians', { id: newId(), unitId, workOrderId, ...technician });
}

export async function replaceLabour(
  trx: Transaction,
  newId: () => string,
  { id: workOrderId, unitId }: OrderOfUnit,
  lines: readonly LabourRow[],
): Promise<void> {
  await trx.run('DELETE FROM work_order_labour WHERE work_order_id = ?', [workOrderId]);
  for (const [index, line] of lines.entries())
    await trx.insert('work_order_labour', { id: newId(), unitId, workOrderId, lineNo: index + 1, ...line });
}

export type MaterialSheetLine = Omit<MaterialRow, 'workOrderId' | 'lineNo'> &
  Readonly<{
    partNumber: string;
    part: string;
    measure: string;
    tracking: Tracking;
    warehouse: string;
    onHand: number;
  }>;

/** The list with names, and what is still in the warehouse beside what was drawn. */
export async function materialSheet(sql: Sql, workOrderId: string): Promise<MaterialSheetLine[]> {
  return sql.all<MaterialSheetLine>(
    `SELECT l.id, l.warehouse_id, l.part_id, l.quantity, l.price, l.cost, l.charge, p.number AS part_number,
       p.name AS part, p.measure, p.tracking, w.name AS warehouse, COALESCE(b.quantity, 0) AS on_hand
     FROM work_order_parts l JOIN parts p ON p.id = l.part_id JOIN warehouses w ON w.id = l.warehouse_id
     LEFT JOIN stock_balances b ON b.warehouse_id = l.warehouse_id AND b.part_id = l.part_id
     WHERE l.work_order_id = ? ORDER BY l.line_no`,
    [workOrderId],
  );
}

export type WorkTypeChoice = Readonly<{ id: string; code: string; name: string; standardFee: number }>;

export async function activeWorkTypes(sql: Sql): Promise<WorkTypeChoice[]> {
  return sql.all<WorkTypeChoice>(
    'SELECT id, code, name, standard_fee FROM work_types WHERE is_active = 1 ORDER BY code',
  );
}

/** Which of these employees are not at work for the unit. */
export async function missingEmployees(sql: Sql, unitId: string, ids: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const id of ids)
    if (!(await sql.first('SELECT id FROM employees WHERE id = ? AND unit_id = ? AND is_active = 1', [id, unitId])))
      missing.push(id);
  return missing;
}
