import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { Role } from '#domain/access/roles.ts';
import { operations, type InputOf, type OperationName, type OutputOf } from '#operations/index.ts';
import { perform } from '#operations/perform.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { createCompanyIn } from '#server/station/create-company.ts';
import { databaseIn, openEnvironment } from '#server/station/service.ts';
import { givenEmptyFile } from './databases.ts';

export const PASSWORD = 'secret2026';
export const ADMINISTRATOR = 'admin';

type Run = <N extends OperationName>(name: N, input: InputOf<N>) => Promise<OutputOf<N>>;

/** Opens the database of a data folder and runs operations in it as the command line; nobody else may have it open. */
export async function inCompany<T>(dataFolder: string, work: (run: Run) => Promise<T>): Promise<T> {
  const { environment, store } = await openEnvironment(databaseIn(dataFolder));
  try {
    return await work(async (name, input) => {
      const request = { actor: COMMAND_LINE, commandId: uuidv7(), input };
      return (await perform(environment, operations[name], request)) as OutputOf<typeof name>;
    });
  } finally {
    await store.close();
  }
}

/** As `mendway company create` makes it, but for the migration of the empty database. */
export async function makeCompany(
  dataFolder: string,
  input: InputOf<'company.create'>,
): Promise<Readonly<{ unitId: string }>> {
  mkdirSync(dataFolder, { recursive: true });
  await givenEmptyFile(path.join(dataFolder, 'mendway.db'));
  return createCompanyIn(databaseIn(dataFolder), input);
}

/** A real company in a data folder, made through the operations, with one employee per role: number = role, password = PASSWORD. */
export async function givenCompany(
  dataFolder: string,
  roles: readonly Role[] = [],
  unit: Readonly<{ code: string; name: string }> = { code: 'SH01', name: '上海一站' },
): Promise<void> {
  const administrator = { number: ADMINISTRATOR, name: ADMINISTRATOR, password: PASSWORD };
  const company = { ...unit, timeZone: 'Asia/Shanghai', currency: 'CNY', administrator };
  await makeCompany(dataFolder, company);
  await inCompany(dataFolder, async (run) => {
    for (const role of roles) {
      const { id } = await run('access.saveEmployee', {
        number: role,
        name: role,
        grade: 'A',
        roles: [role],
        joinedOn: '2020-01-01',
      });
      await run('access.setPassword', { employeeId: id, password: PASSWORD, isChangeDue: false });
    }
  });
}
