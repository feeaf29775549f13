import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import type { InputOf, OperationName, OutputOf } from '#operations/index.ts';
import type { Book } from './book.ts';
import { PASSWORD } from './company.ts';

/** People at a screen, as the interface is for them: what got no answer is sent again with the same id until it has one. */

/** The result, or null when it was refused. */
export type Ask<Person extends string> = <N extends OperationName>(
  person: Person,
  name: N,
  input: InputOf<N>,
) => Promise<OutputOf<N> | null>;

/** To a path under /api of the program they sit at. @throws when nothing answers */
export type Post = (
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
) => Promise<Readonly<{ status: number; body: unknown }>>;

export type Screen<Person extends string> = Readonly<{
  place: string;
  /** With which a person signs in. */
  numberOf(person: Person): string;
  post: Post;
  book: Book;
}>;

const PAUSE_MS = 200;
/** A service that fails again and again with a fault of its own isn't going to answer. */
const FAULTS = 40;

/** Refusals that say the work itself is wrong: a test of anything else. */
const NEVER: ReadonlySet<string> = new Set(['input.invalid', 'access.denied', 'command.replayed-differently']);

/** Work that was begun before the clock was set back would end before it began. */
const isOfTheClock = (body: unknown): boolean => JSON.stringify(body).includes('"rule":"beforeStart"');

export function askerOf<Person extends string>(screen: Screen<Person>): Ask<Person> {
  const { place, book } = screen;
  const attempt = sessionsOf(screen);
  return async (person, name, input) => {
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
          book.violation(`${place}: ${name} was refused: ${JSON.stringify(answer.body)}`);
        return null;
      }
      if (answer && answer.status >= 500 && ++faults > FAULTS) {
        book.violation(`${place}: ${name} failed ${faults} times: ${JSON.stringify(answer.body)}`);
        return null;
      }
      await sleep(PAUSE_MS);
    }
  };
}

/** One try to have something done; whoever has no session signs in first. */
function sessionsOf<Person extends string>({ place, numberOf, post }: Screen<Person>) {
  const tokens = new Map<Person, string>();
  const signIn = async (person: Person) => {
    const { status, body } = await post('session/sign-in', { number: numberOf(person), password: PASSWORD }, JSON_BODY);
    if (status >= 300) throw new Error(`sign-in at ${place}: ${status} ${JSON.stringify(body)}`);
    tokens.set(person, (body as { token: string }).token);
  };
  return async (person: Person, name: string, input: unknown, commandId: string) => {
    if (!tokens.has(person)) await signIn(person);
    const authorization = `Bearer ${tokens.get(person)}`;
    const answer = await post(pathOf(name), input, { ...JSON_BODY, authorization, 'idempotency-key': commandId });
    if (answer.status === 401) tokens.delete(person);
    return answer;
  };
}

const JSON_BODY = { 'content-type': 'application/json' } as const;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const pathOf = (name: string): string => name.split('.').map(kebab).join('/');
