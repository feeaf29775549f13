import type { InputOf, OperationName, OutputOf } from '#operations/index.ts';
import { OperationFailed, toFailure } from './failure.ts';
import { serviceLink } from './link.ts';

export { OperationFailed } from './failure.ts';
export { waitForPort } from './link.ts';

export type CallOptions = Readonly<{
  /** Makes a command safe to send again: the service does it once per id. */
  commandId?: string | undefined;
  /** Ends a query at once. A command of many seconds is undone by it; any other is done all the same. */
  signal?: AbortSignal | undefined;
  /** Of a command of many seconds: hears how much of it is done, 0 to 1. */
  onProgress?: ((share: number) => void) | undefined;
}>;

/**
 * Runs one operation of the service.
 * @throws OperationFailed with the service's code, `connection.lost` or `internal`; the signal's reason when aborted.
 */
export async function call<N extends OperationName>(
  name: N,
  input: InputOf<N>,
  { commandId, signal, onProgress }: CallOptions = {},
): Promise<OutputOf<N>> {
  try {
    const link = await serviceLink();
    const answer = await link.call(name.split('.'), input, {
      context: { commandId, isFollowed: onProgress !== undefined },
      ...(signal === undefined ? {} : { signal }),
    });
    const output = onProgress === undefined ? answer : await resultOf(answer as AsyncIterator<number>, onProgress);
    return output as OutputOf<N>; // The service's types are this client's types: one registry, `operations/index.ts`.
  } catch (error) {
    signal?.throwIfAborted();
    throw reported(toFailure(error));
  }
}

async function resultOf(answer: AsyncIterator<number>, onProgress: (share: number) => void): Promise<unknown> {
  for (;;) {
    const next = await answer.next();
    if (next.done) return next.value;
    onProgress(next.value);
  }
}

type Listener = () => void;
const sessionListeners = new Set<Listener>();
const pcListeners = new Set<Listener>();

/** Tells when this PC may no longer work with the station. Returns what stops the telling. */
export function onNotApproved(listener: Listener): () => void {
  pcListeners.add(listener);
  return () => pcListeners.delete(listener);
}

/** Tells when the service wants a (new) sign-in. Returns what stops the telling. */
export function onSessionRequired(listener: Listener): () => void {
  sessionListeners.add(listener);
  return () => sessionListeners.delete(listener);
}

function reported(failure: OperationFailed): OperationFailed {
  if (failure.code === 'session.required') for (const listener of sessionListeners) listener();
  if (failure.code === 'pc.not-approved') for (const listener of pcListeners) listener();
  return failure;
}
