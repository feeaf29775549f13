import { v7 as uuidv7 } from 'uuid';
import { openStore, type DatabaseAddress } from '#db/open.ts';
import type { InputOf } from '#operations/index.ts';
import { operations } from '#operations/index.ts';
import { perform } from '#operations/perform.ts';
import { COMMAND_LINE } from '#operations/session/actor-of.ts';
import type { Station } from '#operations/operation.ts';
import { environmentOf } from '../environment.ts';

/**
 * Makes the company in an empty database, with its first outlet and administrator. Whoever can write the data folder may:
 * there is nobody yet who could sign in.
 * @throws DomainError `company.exists`, `input.invalid`; what opening a database throws
 */
export async function createCompanyIn(
  address: DatabaseAddress,
  input: InputOf<'company.create'>,
): Promise<Readonly<{ unitId: string }>> {
  const store = await openStore(address);
  try {
    const unitId = uuidv7();
    const environment = environmentOf(store, stationOf(unitId, input));
    await perform(environment, operations['company.create'], { actor: COMMAND_LINE, commandId: uuidv7(), input });
    return { unitId };
  } finally {
    await store.close();
  }
}

/** The station to be, for the operation's context. What is wrong with the input is for the operation to say, in full. */
function stationOf(unitId: string, input: InputOf<'company.create'>): Station {
  const parsed = operations['company.create'].input.safeParse(input);
  const { code, name, timeZone, currency } = parsed.success
    ? parsed.data
    : { code: '', name: '', timeZone: 'UTC', currency: '' };
  return { unitId, code, name, timeZone, currency };
}
