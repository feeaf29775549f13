import type { ContractEventKind, ContractState } from '#domain/organisation/contracts.ts';
import type { WorkKind } from '#domain/work-orders/kinds.ts';
import { requireRow, updateVersioned } from './documents.ts';
import type { Sql, SqlRow, Transaction } from '../store.ts';

/** Contracts under which others run an outlet, and what happened under them. */

export type ContractFields = Readonly<{
  unitId: string;
  number: string;
  provider: string;
  contact: string;
  phone: string;
  areas: readonly string[];
  kinds: readonly WorkKind[];
  fromOn: string;
  toOn: string | null;
  note: string;
}>;
export type Contract = ContractFields &
  Readonly<{ id: string; state: ContractState; rating: number; version: number; createdAt: number }>;
export type ListedContract = Contract & Readonly<{ unitCode: string; unitName: string }>;

type Kept<Row> = Omit<Row, 'areas' | 'kinds'> & Readonly<{ areas: string; kinds: string }>;

const read = <Row extends Contract>(row: Kept<Row>): Row =>
  ({ ...row, areas: JSON.parse(row.areas) as string[], kinds: JSON.parse(row.kinds) as WorkKind[] }) as unknown as Row;

const kept = ({ areas, kinds, ...fields }: ContractFields): SqlRow => ({
  ...fields,
  areas: JSON.stringify(areas),
  kinds: JSON.stringify(kinds),
});

const LISTED = 'SELECT c.*, u.code AS unit_code, u.name AS unit_name FROM contracts c JOIN units u ON u.id = c.unit_id';

export async function allContracts(sql: Sql): Promise<ListedContract[]> {
  const rows = await sql.all<Kept<ListedContract>>(`${LISTED} ORDER BY u.code, c.number`);
  return rows.map((row) => read<ListedContract>(row));
}

export async function contractById(sql: Sql, id: string): Promise<ListedContract | undefined> {
  const row = await sql.first<Kept<ListedContract>>(`${LISTED} WHERE c.id = ?`, [id]);
  return row && read<ListedContract>(row);
}

export async function contractByNumber(sql: Sql, number: string): Promise<{ id: string } | undefined> {
  return sql.first<{ id: string }>('SELECT id FROM contracts WHERE number = ?', [number]);
}

/** For a change. @throws DomainError `not-found` */
export async function requireContract(trx: Transaction, id: string): Promise<Contract> {
  return read<Contract>(await requireRow<Kept<Contract>>(trx, 'contracts', id, 'contract', trx.forUpdate));
}

type New = Readonly<{ id: string; state: ContractState; rating: number; createdAt: number }>;

export async function insertContract(trx: Transaction, origin: New, fields: ContractFields): Promise<void> {
  await trx.insert('contracts', { ...origin, ...kept(fields), version: 1 });
}

type Known = Readonly<{ id: string; version: number }>;

/** @throws DomainError `document.changed` */
export async function updateContract(trx: Transaction, { id, version }: Known, fields: ContractFields): Promise<void> {
  await updateVersioned(trx, 'contracts', id, version, kept(fields));
}

/** @throws DomainError `document.changed` */
export async function updateStanding(
  trx: Transaction,
  { id, version }: Known,
  standing: Readonly<{ state: ContractState; rating: number }>,
): Promise<void> {
  await updateVersioned(trx, 'contracts', id, version, standing);
}

export type ContractEventRow = Readonly<{
  id: string;
  unitId: string;
  contractId: string;
  kind: ContractEventKind;
  happenedOn: string;
  points: number;
  amount: number;
  reason: string;
  evidence: string;
  installerId: string | null;
  employeeId: string;
  employeeName: string;
  at: number;
}>;

/** In the order in which they were written down. */
export async function eventsOf(
  sql: Sql,
  contractId: string,
): Promise<(ContractEventRow & Readonly<{ installerName: string | null }>)[]> {
  return sql.all(
    `SELECT v.*, e.name AS installer_name FROM contract_events v LEFT JOIN employees e ON e.id = v.installer_id
     WHERE v.contract_id = ? ORDER BY v.at, v.id`,
    [contractId],
  );
}

export type Installer = Readonly<{ id: string; number: string; name: string; grade: string; isActive: boolean }>;

/** The technicians of the outlet that the provider runs, those who have left, too. */
export async function installersOf(sql: Sql, unitId: string): Promise<Installer[]> {
  return sql.all<Installer>(
    `SELECT e.id, e.number, e.name, e.grade, e.is_active FROM employees e
     JOIN employee_roles r ON r.employee_id = e.id AND r.role = 'technician' WHERE e.unit_id = ? ORDER BY e.number`,
    [unitId],
  );
}
