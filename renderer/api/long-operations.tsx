import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { InputOf, OperationName, OutputOf } from '#operations/index.ts';
import type { TextKey } from '#renderer/text/index.ts';
import { call, type OperationFailed } from './client.ts';
import { createSubmission, type Submission } from './submission.ts';

/**
 * Commands of many seconds that are under way. They live above the screens: whoever leaves one and comes back finds his command
 * still running, with its progress and its cancel.
 */

/** What it is called while it runs, and the address of the screen on which it is seen and cancelled. */
type Place = Readonly<{ title: TextKey; path: string }>;

type Run = Place &
  Readonly<{
    key: string;
    /** How much of it is done, 0 to 1. */
    share: number;
    /** Ends it: then nothing has changed, unless it was done already. */
    cancel(): void;
  }>;

type Runs = ReturnType<typeof createRuns>;

function createRuns() {
  let runs: readonly Run[] = [];
  const listeners = new Set<() => void>();
  // Kept when nothing runs, too: after a lost connection the next attempt has to carry the same command id.
  const submissions = new Map<string, Submission<unknown, unknown>>();

  function change(next: readonly Run[]): void {
    runs = next;
    for (const listener of listeners) listener();
  }
  return {
    all: () => runs,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    begin: (run: Run) => change([...runs, run]),
    tell: (key: string, share: number) => change(runs.map((run) => (run.key === key ? { ...run, share } : run))),
    end: (key: string) => change(runs.filter((run) => run.key !== key)),
    cancelAll: () => runs.forEach(({ cancel }) => cancel()),
    submission(key: string, make: () => Submission<unknown, unknown>): Submission<unknown, unknown> {
      const kept = submissions.get(key) ?? make();
      submissions.set(key, kept);
      return kept;
    },
  };
}

const RunsContext = createContext<Runs>(createRuns());

/** Around all that one person sees: what he began ends when he leaves, since nobody could cancel it any more. */
export function LongOperations({ children }: Readonly<{ children: ReactNode }>) {
  const [runs] = useState(createRuns);
  useEffect(() => () => runs.cancelAll(), [runs]);
  return <RunsContext value={runs}>{children}</RunsContext>;
}

/** All that is under way, the earliest first. */
export function useRuns(): readonly Run[] {
  const runs = useContext(RunsContext);
  return useSyncExternalStore(runs.subscribe, runs.all);
}

type Outcomes<Output> = Readonly<{
  onSuccess?: (output: Output) => void;
  onError?: (error: OperationFailed) => void;
  onCancelled?: () => void;
}>;

export type LongOperation<N extends OperationName> = Readonly<{
  /** Begins it; ignored while it is under way. The outcome is told wherever the user is by then. */
  mutate(input: InputOf<N>, outcomes: Outcomes<OutputOf<N>>): void;
  /** From `mutate` until everything shown has been loaded afresh, whichever screen began it. */
  isPending: boolean;
  /** How much of it is done, 0 to 1. */
  share: number;
  cancel(): void;
}>;

/**
 * As `useOperation`, for a command of many seconds, which says how far it is, can be cancelled and goes on when its screen is left.
 * @param about of what, where several of a kind may be under way: the id of a period, for instance
 */
export function useLongOperation<N extends OperationName>(name: N, about: string, place: Place): LongOperation<N> {
  const runs = useContext(RunsContext);
  const cache = useQueryClient();
  const key = `${name} ${about}`;
  const run = useRuns().find((one) => one.key === key);

  function mutate(input: InputOf<N>, { onSuccess, onError, onCancelled }: Outcomes<OutputOf<N>>): void {
    if (runs.all().some((one) => one.key === key)) return;
    const controller = new AbortController();
    runs.begin({ ...place, key, share: 0, cancel: () => controller.abort() });
    const delivered = deliver<N>(runs, { name, key, input, signal: controller.signal });
    void loadedAfresh(cache, delivered)
      .finally(() => runs.end(key))
      .then(onSuccess, (error) => (controller.signal.aborted ? onCancelled?.() : onError?.(error)));
  }

  return { mutate, isPending: run !== undefined, share: run?.share ?? 0, cancel: () => run?.cancel() };
}

type Delivery<N extends OperationName> = Readonly<{ name: N; key: string; input: InputOf<N>; signal: AbortSignal }>;

function deliver<N extends OperationName>(runs: Runs, { name, key, input, signal }: Delivery<N>): Promise<OutputOf<N>> {
  const onProgress = (share: number) => runs.tell(key, share);
  const make = () =>
    createSubmission<Delivery<N>, OutputOf<N>>((delivery, commandId) =>
      call(name, delivery.input, { commandId, signal: delivery.signal, onProgress }),
    );
  const submission = runs.submission(key, make);
  // One key, one operation: what is kept for it was made for the same types.
  return submission.send({ name, key, input, signal }) as Promise<OutputOf<N>>;
}

/** Also after a failure: nobody knows how far it came. */
async function loadedAfresh<Output>(cache: QueryClient, delivered: Promise<Output>): Promise<Output> {
  try {
    return await delivered;
  } finally {
    await cache.invalidateQueries();
  }
}
