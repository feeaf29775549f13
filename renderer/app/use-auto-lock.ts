import { useEffect, useEffectEvent } from 'react';

const MINUTE = 60_000;
const IDLE_LIMIT = 15 * MINUTE;
const LOOK_EVERY = 10_000;
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Locks after a quarter of an hour without a sign of life; a computer that slept longer wakes locked. */
export function useAutoLock(lock: () => void): void {
  const lockNow = useEffectEvent(lock);
  useEffect(() => {
    let lastSign = Date.now();
    const look = (): void => {
      if (Date.now() - lastSign >= IDLE_LIMIT) lockNow();
    };
    const note = (): void => {
      look(); // The first touch after a long sleep must not count as one in time.
      lastSign = Date.now();
    };
    const timer = setInterval(look, LOOK_EVERY);
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, note, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, note, { capture: true });
    };
  }, []);
}
