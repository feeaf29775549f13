import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';

type SearchList = Readonly<{
  /** How many can be marked, one below the other. */
  count: number;
  /** Whether the list answers what stands in the field, not what stood there before. */
  isReady: boolean;
  /** Enter, on the one at this place; with `count` 0 on place 0, where nothing is. */
  onTake: (at: number) => void;
}>;

/**
 * The keys of a field with what it finds beneath it: arrows mark, Enter takes the marked one. Who types and presses Enter at
 * once, as a scanner does, is faster than the answer: Enter waits for it.
 */
export function useSearchList({ count, isReady, onTake }: SearchList) {
  const [cursor, setCursor] = useState(0);
  const isEnterWaiting = useRef(false);

  const takeWaiting = useEffectEvent(() => {
    if (isEnterWaiting.current) onTake(cursor);
    isEnterWaiting.current = false;
  });
  useEffect(() => {
    if (isReady) takeWaiting();
  }, [isReady]);

  function enter(): void {
    if (isReady) onTake(cursor);
    else isEnterWaiting.current = true;
  }

  /** To the first again, for something else is looked for. */
  function restart(): void {
    setCursor(0);
    isEnterWaiting.current = false;
  }

  function keyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return; // An input method is still choosing characters.
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) enter();
    else if (event.key === 'ArrowDown') setCursor(Math.max(Math.min(cursor + 1, count - 1), 0));
    else if (event.key === 'ArrowUp') setCursor(Math.max(cursor - 1, 0));
    else return;
    event.preventDefault();
    event.stopPropagation(); // Enter would go to the next field.
  }

  return { cursor, point: setCursor, restart, keyDown };
}
