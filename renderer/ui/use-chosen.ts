import { useState } from 'react';
import { useSearchParams } from 'react-router';

/**
 * Which item of a queue is worked on: the one in the address (`?order=…`), else the first there was. It stays chosen when the
 * queue changes under it, so that a key never hits another item than the one that was read.
 * @param isCurrent whether `keys` answers what was asked last; not while an older list is still shown
 */
export function useChosen(
  name: string,
  keys: readonly string[],
  isCurrent: boolean,
): Readonly<{ chosen: string | undefined; choose: (key: string | undefined) => void; forget: () => void }> {
  const [params, setParams] = useSearchParams();
  const [first, setFirst] = useState<string>();
  const named = params.get(name) ?? undefined;
  const candidate = keys[0];
  if (named === undefined && first === undefined && candidate !== undefined && isCurrent) setFirst(candidate);

  function put(key: string | undefined): void {
    setParams(key === undefined ? {} : { [name]: key }, { replace: true });
  }
  return {
    chosen: named ?? (first === NONE ? undefined : first),
    /** Nothing at all with undefined, also when something new comes into the queue. */
    choose: (key) => {
      setFirst(NONE);
      put(key);
    },
    /** The first of what is found next. */
    forget: () => {
      setFirst(undefined);
      put(undefined);
    },
  };
}

const NONE = '';
