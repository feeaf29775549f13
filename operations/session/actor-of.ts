import { hash } from 'node:crypto';
import type { Actor } from '#domain/access/actor.ts';
import { rightsOfRoles } from '#domain/access/roles.ts';
import { RIGHTS } from '#domain/access/rights.ts';
import { employeeById, rolesOf } from '#db/repositories/organisation.ts';
import { sessionByToken } from '#db/repositories/sessions.ts';
import type { Sql } from '#db/store.ts';

/** Nobody is signed in. */
export const ANONYMOUS: Actor = { employeeId: '', unitId: '', number: '', name: '', roles: [], rights: new Set() };

/** The administrator at the machine's own command line, who could open the file anyway. */
export const COMMAND_LINE: Actor = {
  employeeId: 'command-line',
  unitId: '',
  number: 'command-line',
  name: 'command-line',
  roles: [],
  rights: new Set(RIGHTS),
};

export function tokenHash(token: string): string {
  return hash('sha256', token, 'hex');
}

/** Whose token it is; ANONYMOUS for none, an ended or expired one, or one of somebody who has left. */
export async function actorOfToken(sql: Sql, token: string, now: number): Promise<Actor> {
  const session = token === '' ? undefined : await sessionByToken(sql, tokenHash(token));
  if (!session || session.endedAt !== null || session.expiresAt <= now) return ANONYMOUS;
  return (await actorOfEmployee(sql, session.employeeId)) ?? ANONYMOUS;
}

export async function actorOfEmployee(sql: Sql, employeeId: string): Promise<Actor | undefined> {
  const employee = await employeeById(sql, employeeId);
  if (!employee?.isActive) return undefined;
  const roles = await rolesOf(sql, employeeId);
  const { unitId, number, name } = employee;
  return { employeeId, unitId, number, name, roles, rights: rightsOfRoles(roles) };
}
