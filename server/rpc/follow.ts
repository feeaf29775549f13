/** A command that says how far it is while it is under way: its answer is a stream of shares, 0 to 1, that ends with the result. */

/** Asks for it; without it the answer is the result alone. */
export const PROGRESS_HEADER = 'mendway-progress';

type Follower = Readonly<{ onProgress(share: number): void }>;

/** @throws what the work throws */
export async function* followed<Output>(work: (follower: Follower) => Promise<Output>): AsyncGenerator<number, Output> {
  let told = Promise.withResolvers<'more' | 'over'>();
  let latest = 0;
  const onProgress = (share: number) => {
    latest = share;
    told.resolve('more');
  };
  const result = work({ onProgress });
  const over = result.then(
    () => 'over' as const,
    () => 'over' as const, // thrown on below, also where whoever asked has gone meanwhile
  );
  while ((await Promise.race([told.promise, over])) === 'more') {
    told = Promise.withResolvers();
    yield latest;
  }
  return await result;
}
