import { os } from '@orpc/server';
import type { InputOf } from '#operations/index.ts';
import type { SampleSignIn } from '../sample/people.ts';
import type { Joining } from '../station/joining.ts';
import { asRpcError } from './router.ts';

/** How a data folder without a company gets one. */
export type FirstRun = Joining &
  Readonly<{
    /** @throws DomainError */
    createCompany(input: InputOf<'company.create'>): Promise<Readonly<{ unitId: string }>>;
    /** Answers who can sign in to the sample. */
    createSample(): Promise<readonly SampleSignIn[]>;
    /** Serves the company that was made. */
    begin(): Promise<void>;
  }>;

/** What is served while there is no company: nothing but making one or joining one. Never served over a network. */
export function firstRunRouter(
  { createCompany, createSample, begin, ...joining }: FirstRun,
  onBug: (error: unknown) => void,
) {
  const procedure = <Output>(work: (input: unknown) => Promise<Output>) =>
    os.handler(async ({ input }) => {
      try {
        return await work(input);
      } catch (error) {
        throw asRpcError(error, onBug);
      }
    });
  return {
    firstRun: {
      // The operation parses its input itself.
      createCompany: procedure((input) => createCompany(input as InputOf<'company.create'>)),
      createSample: procedure(createSample),
      inspect: procedure(joining.inspect),
      join: procedure(joining.join),
      progress: procedure(joining.progress),
      begin: procedure(async () => {
        await begin();
        return {};
      }),
    },
  };
}
