/**
 * Operations: one file for each verb, the only door through which data changes or is read by a user.
 * To add one: its file `<area>/<verb-noun>.ts`, one line here, one test. RPC, HTTP, OpenAPI, right, audit and retry-safety follow.
 */
import type { z } from 'zod';
import { listEmployees } from './access/list-employees.ts';
import { listTechnicians } from './access/list-technicians.ts';
import { saveEmployee } from './access/save-employee.ts';
import { setPassword } from './access/set-password.ts';
import { listAuditLog } from './audit-log/list.ts';
import { createCompany } from './company/create.ts';
import { suggest } from './dictionaries/suggest.ts';
import { openRepairRows } from './imports/open-repair-rows.ts';
import { changePassword } from './session/change-password.ts';
import { currentSession } from './session/current.ts';
import { signIn } from './session/sign-in.ts';
import { signOut } from './session/sign-out.ts';
import { registerIntake } from './work-orders/register-intake.ts';

const all = [
  // company, access, audit-log
  createCompany,
  listAuditLog,
  listEmployees,
  listTechnicians,
  saveEmployee,
  setPassword,
  // session
  changePassword,
  currentSession,
  signIn,
  signOut,
  // dictionaries
  suggest,
  // imports
  openRepairRows,
  // work-orders
  registerIntake,
] as const;

type Registered = (typeof all)[number];

export type OperationName = Registered['name'];
export type Operations = { [O in Registered as O['name']]: O };
export type InputOf<N extends OperationName> = z.input<Operations[N]['input']>;
export type OutputOf<N extends OperationName> = Awaited<ReturnType<Operations[N]['run']>>;

export const operations = Object.fromEntries(all.map((operation) => [operation.name, operation])) as Operations;
export const operationNames = Object.keys(operations) as OperationName[];
