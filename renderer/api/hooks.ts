import {
  keepPreviousData,
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
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
  const cache = useQueryClient();
  const submission = useMemo(
    () => createSubmission<InputOf<N>, OutputOf<N>>((input, commandId) => call(name, input, { commandId })),
    [name],
  );
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
