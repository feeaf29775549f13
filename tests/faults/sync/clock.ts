import { readFileSync } from 'node:fs';

/**
 * Loaded before a service (`--import`): its clock is wrong by what stands in the file MENDWAY_TEST_CLOCK, `{"offset": ms, "rate": 1}`,
 * which may change while it runs. Timers and what TLS thinks of certificates are as they were, as on a real PC.
 */

const RealDate = Date;
const started = RealDate.now();
const file = process.env['MENDWAY_TEST_CLOCK'] ?? '';
let error: Readonly<{ offset: number; rate: number }> = { offset: 0, rate: 1 };

function read(): void {
  try {
    error = JSON.parse(readFileSync(file, 'utf8')) as typeof error;
  } catch {
    // as it was: it is being written
  }
}

const rightNow = RealDate.now.bind(RealDate);
const wrongNow = () => Math.round(started + (rightNow() - started) * error.rate + error.offset);

if (file !== '') {
  read();
  setInterval(read, 250).unref();
  RealDate.now = new Proxy(RealDate.now, { apply: wrongNow });
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [wrongNow()] : args, newTarget) as object,
    apply: () => new RealDate(wrongNow()).toString(),
  });
}
