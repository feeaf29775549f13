import type { Sql, Transaction } from '../store.ts';

export type Credential = Readonly<{
  employeeId: string;
  passwordHash: string;
  isChangeDue: boolean;
  changedAt: number;
}>;
export type Session = Readonly<{ id: string; employeeId: string; expiresAt: number; endedAt: number | null }>;

export async function credentialOf(sql: Sql, employeeId: string): Promise<Credential | undefined> {
  return sql.first<Credential>('SELECT * FROM credentials WHERE employee_id = ?', [employeeId]);
}

export async function saveCredential(trx: Transaction, credential: Credential): Promise<void> {
  await trx.run(
    `INSERT INTO credentials (employee_id, unit_id, password_hash, is_change_due, changed_at)
     VALUES (?, COALESCE((SELECT unit_id FROM employees WHERE id = ?), ''), ?, ?, ?) ON CONFLICT (employee_id) DO UPDATE SET password_hash = excluded.password_hash, is_change_due = excluded.is_change_due,
       changed_at = excluded.changed_at`,
    [
      credential.employeeId,
      credential.employeeId,
      credential.passwordHash,
      credential.isChangeDue,
      credential.changedAt,
    ],
  );
}

/** With whoever has it to another unit. */
export async function moveCredential(trx: Transaction, employeeId: string, unitId: string): Promise<void> {
  await trx.run('UPDATE credentials SET unit_id = ? WHERE employee_id = ?', [unitId, employeeId]);
}

export async function sessionByToken(sql: Sql, tokenHash: string): Promise<Session | undefined> {
  return sql.first<Session>('SELECT id, employee_id, expires_at, ended_at FROM sessions WHERE token_hash = ?', [
    tokenHash,
  ]);
}

/** Ends all of a person's sessions but one. */
export async function endSessions(trx: Transaction, employeeId: string, at: number, except = ''): Promise<void> {
  await trx.run('UPDATE sessions SET ended_at = ? WHERE employee_id = ? AND ended_at IS NULL AND token_hash <> ?', [
    at,
    employeeId,
    except,
  ]);
}
