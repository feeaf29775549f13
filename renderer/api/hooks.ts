import {
  keepPreviousData,
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { InputOf, OperationName, OutputOf } from '#operations/index.ts';
import { call, type OperationFailed } from './client.ts';
import { createSubmission } from './submission.ts';

type SuccessOptions<Output> = Readonly<{
  onSuccess?: (output: Output) => void;
  onError?: (error: OperationFailed) => void;
}>;

export type Operation<N extends OperationName> = Readonly<{
  /** Sends the form; ignored while the last one is still on its way. */
  mutate(input: InputOf<N>, options?: SuccessOptions<OutputOf<N>>): void;
  /** The same as a promise; while one is on its way, that one's promise. Rejects with `OperationFailed`. */
  mutateAsync(input: InputOf<N>): Promise<OutputOf<N>>;
  error: OperationFailed | null;
  isPending: boolean;
  isSuccess: boolean;
  data: OutputOf<N> | undefined;
  reset(): void;
}>;

/**
 * A command of the service for a form or a button. One attempt has one command id, kept for retries after a lost
 * connection, so that a double click or an impatient retry happens once. It is pending until everything shown has been
 * loaded afresh: the next step starts from the row's new version and never meets one's own last change as a conflict.
 */
export function useOperation<N extends OperationName>(name: N): Operation<N> {
  return useDelivered<N>(useCallback((input, commandId) => call(name, input, { commandId }), [name]));
}

type Deliver<N extends OperationName> = (input: InputOf<N>, commandId: string) => Promise<OutputOf<N>>;

function useDelivered<N extends OperationName>(deliver: Deliver<N>): Operation<N> {
  const cache = useQueryClient();
  const submission = useMemo(() => createSubmission(deliver), [deliver]);
  const mutation: UseMutationResult<OutputOf<N>, OperationFailed, InputOf<N>> = useMutation({
    mutationFn: submission.send,
    onSuccess: () => cache.invalidateQueries(),
  });
  const inFlight = useRef<Promise<OutputOf<N>>>(undefined);

  function mutateAsync(input: InputOf<N>): Promise<OutputOf<N>> {
    inFlight.current ??= mutation.mutateAsync(input).finally(() => (inFlight.current = undefined));
    return inFlight.current;
  }

  function mutate(input: InputOf<N>, options: SuccessOptions<OutputOf<N>> = {}): void {
    if (inFlight.current !== undefined) return;
    mutateAsync(input).then(options.onSuccess, options.onError ?? shownByTheForm);
  }

  const { error, isPending, isSuccess, data, reset } = mutation;
  return { mutate, mutateAsync, error, isPending, isSuccess, data, reset };
}

export type LongOperation<N extends OperationName> = Pick<Operation<N>, 'isPending'> &
  Readonly<{
    mutate(input: InputOf<N>, options: SuccessOptions<OutputOf<N>> & Readonly<{ onCancelled?: () => void }>): void;
    /** How much of it is done, 0 to 1. */
    share: number;
    /** Ends what is on its way: then nothing has changed, unless it was done already. */
    cancel(): void;
  }>;

/** As `useOperation`, for a command of many seconds, which says how far it is and can be cancelled. */
export function useLongOperation<N extends OperationName>(name: N): LongOperation<N> {
  const cache = useQueryClient();
  const [share, setShare] = useState(0);
  const running = useRef<AbortController>(undefined);
  const operation = useDelivered<N>(
    useCallback(
      (input, commandId) => {
        const { signal } = (running.current = new AbortController());
        setShare(0);
        return call(name, input, { commandId, signal, onProgress: setShare });
      },
      [name],
    ),
  );
  const mutate: LongOperation<N>['mutate'] = (input, { onCancelled, onSuccess, onError }) =>
    operation.mutate(input, {
      ...(onSuccess && { onSuccess }),
      onError: (error) => {
        if (!running.current?.signal.aborted) return onError?.(error);
        void cache.invalidateQueries();
        onCancelled?.();
      },
    });
  return { mutate, share, isPending: operation.isPending, cancel: () => running.current?.abort() };
}

/** A failure of `mutate` is in `error`, where the form shows it. */
function shownByTheForm(): void {}

type QueryOptions = Readonly<{
  enabled?: boolean;
  /** Keeps showing the last answer while the next is on its way: for input that changes with typing. */
  keepPrevious?: boolean;
  /** Milliseconds between fresh looks, for boards that others change, too. */
  refetchInterval?: number;
  /** Milliseconds during which an answer is good enough to be used again without asking; default 0. */
  staleTime?: number;
}>;

export function useQueryOperation<N extends OperationName>(
  name: N,
  input: InputOf<N>,
  options: QueryOptions = {},
): UseQueryResult<OutputOf<N>, OperationFailed> {
  const { keepPrevious = false, ...rest } = options;
  return useQuery<OutputOf<N>, OperationFailed>({
    ...rest,
    queryKey: [name, input],
    queryFn: ({ signal }) => call(name, input, { signal }),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}
