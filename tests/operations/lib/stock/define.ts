import fc from 'fast-check';
import type { DomainError } from '#domain/errors.ts';
import type { Place, World } from './world.ts';

/** One thing that somebody does; printed when it leads to something wrong. */
export type Step = Readonly<{
  name: string;
  args: object;
  /** Returns `NOTHING_TO_DO` where there was nothing to do it with. */
  run(world: World): Promise<unknown>;
  [fc.toStringMethod](): string;
}>;

export const NOTHING_TO_DO = 'nothing to do';

type Action = Readonly<{ weight: number; arbitrary: fc.Arbitrary<Step> }>;

/** An action of the table in actions.ts. */
export function action<Args extends object>(
  name: string,
  weight: number,
  args: fc.Arbitrary<Args>,
  run: (world: World, args: Args) => Promise<unknown>,
): Action {
  const stepOf = (drawn: Args): Step => ({
    name,
    args: drawn,
    run: (world) => run(world, drawn),
    [fc.toStringMethod]: () => `${name} ${JSON.stringify(drawn)}`,
  });
  return { weight, arbitrary: args.map(stepOf) };
}

/** What a rule of stock refuses is as good as done; anything else that is refused was asked for wrongly. */
const REFUSALS = /^(stock|stock-count|request|requisition|transfer|deposit|old-parts|work-order)\.|^document\./;
/** A request that one neither sent nor has to answer is not there for him. */
export const isRefusal = ({ code, details }: DomainError): boolean =>
  REFUSALS.test(code) || (code === 'not-found' && details['entity'] === 'request');

export const draw = fc.nat(200);
export const place: fc.Arbitrary<Place> = fc.record({ side: fc.nat(1), warehouse: fc.nat(1), part: fc.nat(3) });
export const quantity = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((n) => n * 1000),
  fc.integer({ min: 1, max: 5000 }),
);
