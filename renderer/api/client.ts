import type { InputOf, OperationName, OutputOf } from '#operations/index.ts';
import { OperationFailed, toFailure } from './failure.ts';
import { serviceLink } from './link.ts';

export { OperationFailed } from './failure.ts';
export { waitForPort } from './link.ts';

export type CallOptions = Readonly<{
  /** Makes a command safe to send again: the service does it once per id. */
  commandId?: string | undefined;
  signal?: AbortSignal | undefined;
}>;

/**
 * Runs one operation of the service.
 * @throws OperationFailed with the service's code, `connection.lost` or `internal`; the signal's reason when aborted.
 */
export async function call<N extends OperationName>(
  name: N,
  input: InputOf<N>,
  options: CallOptions = {},
): Promise<OutputOf<N>> {
  try {
    const link = await serviceLink();
    const output = await link.call(name.split('.'), input, {
      context: { commandId: options.commandId },
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    return output as OutputOf<N>; // The service's types are this client's types: one registry, `operations/index.ts`.
  } catch (error) {
    options.signal?.throwIfAborted();
    throw reported(toFailure(error));
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
