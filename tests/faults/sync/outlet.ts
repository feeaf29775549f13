import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { InputOf, OperationName, OutputOf } from '#operations/index.ts';
import type { Book } from './book.ts';
import { PASSWORD, type Outlet, type Person } from './company.ts';
import type { Service } from './services.ts';

/** People at a station, as the interface is for them: what got no answer is sent again with the same id until it has one. */
export type Desk = Readonly<{
  outlet: Outlet;
  /** The result, or null when it was refused. */
  ask<N extends OperationName>(person: Person, name: N, input: InputOf<N>): Promise<OutputOf<N> | null>;
}>;

const PAUSE_MS = 200;
/** A service that fails again and again with a fault of its own isn't going to answer. */
const FAULTS = 40;

/** Refusals that say the work itself is wrong: a test of anything else. */
const NEVER: ReadonlySet<string> = new Set(['input.invalid', 'access.denied', 'command.replayed-differently']);

/** Work that was begun before the clock was set back would end before it began. */
const isOfTheClock = (body: unknown): boolean => JSON.stringify(body).includes('"rule":"beforeStart"');

export function deskOf(outlet: Outlet, service: Service, book: Book): Desk {
  const tokens = new Map<Person, string>();

  const post = async (path: string, body: unknown, headers: Record<string, string>) => {
    const port = service.port();
    if (port === null) throw new Error('the station is down');
    return fetch(`http://127.0.0.1:${port}/api/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(60_000),
    });
  };

  const signIn = async (person: Person) => {
    const answer = await post('session/sign-in', { number: `${outlet.code}-${person}`, password: PASSWORD }, {});
    if (!answer.ok) throw new Error(`sign-in at ${outlet.code}: ${answer.status} ${await answer.text()}`);
    tokens.set(person, ((await answer.json()) as { token: string }).token);
  };

  const attempt = async (person: Person, name: string, input: unknown, commandId: string) => {
    if (!tokens.has(person)) await signIn(person);
    const authorization = `Bearer ${tokens.get(person)}`;
    const answer = await post(pathOf(name), input, { authorization, 'idempotency-key': commandId });
    const body = (await answer.json()) as unknown;
    if (answer.status === 401) tokens.delete(person);
    return { status: answer.status, body };
  };

  return {
    outlet,
    ask: async (person, name, input) => {
      const commandId = uuidv7();
      for (let faults = 0; ;) {
        const answer = await attempt(person, name, input, commandId).catch(() => undefined);
        if (answer && answer.status < 300) {
          book.note(name);
          return answer.body as OutputOf<typeof name>;
        }
        if (answer && answer.status >= 400 && answer.status < 500 && answer.status !== 401) {
          const { code = '' } = answer.body as { code?: string };
          book.note(`${name} refused: ${code}`);
          if (NEVER.has(code) && !isOfTheClock(answer.body))
            book.violation(`${outlet.code}: ${name} was refused: ${JSON.stringify(answer.body)}`);
          return null;
        }
        if (answer && answer.status >= 500 && ++faults > FAULTS) {
          book.violation(`${outlet.code}: ${name} failed ${faults} times: ${JSON.stringify(answer.body)}`);
          return null;
        }
        await sleep(PAUSE_MS);
      }
    },
  };
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const pathOf = (name: string): string => name.split('.').map(kebab).join('/');
