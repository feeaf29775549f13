/** Integers of ours as the decimals and clock times that files hold. */

const QUARTER = 900_000; // ms: no clock of the world changes at another minute

/** Digits after the point of a currency: 2 for CNY, 0 for JPY. */
export function minorDigits(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return maximumFractionDigits ?? 2;
}

/** 123400 with 2 decimals → `1234.00`, exactly. */
export function decimalText(value: number, decimals: number): string {
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return `${value < 0 ? '-' : ''}${digits.slice(0, point)}${decimals === 0 ? '' : `.${digits.slice(point)}`}`;
}

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
