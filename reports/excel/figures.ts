/** Integers of ours as the decimals and clock times that files hold. */

const QUARTER = 900_000; // ms: no clock of the world changes at another minute

/**
 * What a clock in the zone shows at an instant, as the instant (ms) at which a clock in UTC shows the same: the way Excel,
 * which knows no zones, is told of it. The zone is asked once for each quarter of an hour, as asking costs some hundred times the rest.
 */
export function wallClock(timeZone: string): (at: number) => number {
  const formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const offsets = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      const start = quarter * QUARTER;
      offset = Date.parse(`${formatter.format(start).replace(' ', 'T')}Z`) - start;
      offsets.set(quarter, offset);
    }
    return at + offset;
  };
}
