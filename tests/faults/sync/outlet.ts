import type { Book } from './book.ts';
import type { Outlet, Person } from './company.ts';
import { askerOf, type Ask, type Post } from './people.ts';
import type { Service } from './services.ts';

/** The people of an outlet, at its station. */
export type Desk = Readonly<{ outlet: Outlet; ask: Ask<Person> }>;

export function deskOf(outlet: Outlet, service: Service, book: Book): Desk {
  const post: Post = async (path, body, headers) => {
    const port = service.port();
    if (port === null) throw new Error('the station is down');
    const answer = await fetch(`http://127.0.0.1:${port}/api/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers,
      signal: AbortSignal.timeout(60_000),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  return { outlet, ask: askerOf({ place: outlet.code, numberOf: (person) => `${outlet.code}-${person}`, post, book }) };
}
