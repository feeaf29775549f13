import { v7 as uuidv7 } from 'uuid';
import type { Role } from '#domain/access/roles.ts';
import { openStore } from '#db/open.ts';
import { operations } from '#operations/index.ts';
import { perform } from '#operations/perform.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import { environmentOf } from '#server/environment.ts';
import { databaseIn } from '#server/station/service.ts';

export const PASSWORD = 'secret2026';
export const ADMINISTRATOR = 'admin';

/** A real company in a data folder, made through the operations, with one employee per role: number = role, password = PASSWORD. */
export async function givenCompany(dataFolder: string, roles: readonly Role[] = []): Promise<void> {
  const station = { unitId: uuidv7(), code: 'SH01', name: '上海一站', timeZone: 'Asia/Shanghai', currency: 'CNY' };
  const store = await openStore(databaseIn(dataFolder));
  const env = environmentOf(store, station);
  const run = (operation: unknown, input: unknown) =>
    perform(env, operation, { actor: COMMAND_LINE, commandId: uuidv7(), input });
  const administrator = { number: ADMINISTRATOR, name: ADMINISTRATOR, password: PASSWORD };
  await run(operations['company.create'], { ...station, administrator });
  for (const role of roles) {
    const { id } = (await run(operations['access.saveEmployee'], {
      number: role,
      name: role,
      grade: 'A',
      roles: [role],
    })) as { id: string };
    await run(operations['access.setPassword'], { employeeId: id, password: PASSWORD, isChangeDue: false });
  }
  await store.close();
}
