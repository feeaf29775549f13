import { os } from '@orpc/server';
import type { InputOf } from '#operations/index.ts';
import { asRpcError } from './router.ts';

/** How a data folder without a company gets one. */
export type FirstRun = Readonly<{
  /** @throws DomainError */
  createCompany(input: InputOf<'company.create'>): Promise<void>;
  createSample(): Promise<void>;
}>;

/** What the desktop app serves while there is no company: nothing but making one. Never served over a network. */
export function firstRunRouter({ createCompany, createSample }: FirstRun, onBug: (error: unknown) => void) {
  const procedure = (work: (input: unknown) => Promise<void>) =>
    os.handler(async ({ input }) => {
      try {
        await work(input);
      } catch (error) {
        throw asRpcError(error, onBug);
      }
    });
  return {
    firstRun: {
      // The operation parses its input itself.
      createCompany: procedure((input) => createCompany(input as InputOf<'company.create'>)),
      createSample: procedure(createSample),
    },
  };
}
