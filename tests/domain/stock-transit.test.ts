import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countedOf, DIFFERENCES, isOpen, openLine, partOf, type Closure } from '#domain/stock/transit.ts';

describe('a line of a transfer', () => {
  test.each([
    ['all arrived', 4000, { received: 4000, damaged: 0 }, [4000, 0, 0, 0]],
    ['one is missing', 4000, { received: 3000, damaged: 0 }, [3000, 1000, 0, 0]],
    ['one is damaged, one is missing', 4000, { received: 2000, damaged: 1000 }, [2000, 1000, 1000, 0]],
    ['one too many', 4000, { received: 5000, damaged: 0 }, [4000, 0, 0, 1000]],
    ['one damaged and too many', 4000, { received: 4000, damaged: 1000 }, [4000, 0, 0, 1000]],
    ['nothing', 4000, { received: 0, damaged: 0 }, [0, 4000, 0, 0]],
  ])('%s', (_, shipped, count, [good, shortage, damage, surplus]) => {
    expect(countedOf(shipped, count)).toEqual({ good, shortage, damage, surplus });
  });

  test('whatever is counted and decided, its parts add up to what was shipped, to the fen', () => {
    const figure = fc.nat(20_000);
    const decided = fc.array(
      fc.record({ kind: fc.constantFrom(...DIFFERENCES), share: fc.integer({ min: 1, max: 4 }) }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9000 }),
        figure,
        figure,
        figure,
        figure,
        decided,
        (quantity, value, charge, received, damaged, steps) => {
          const shipped = { quantity, value, charge };
          const { good } = countedOf(quantity, { received, damaged });
          const arrived = partOf(shipped, good).part;
          const closures: Closure[] = [];
          const now = () => openLine(shipped, { received, damaged }, closures);
          for (const { kind, share } of steps) {
            const some = Math.ceil(now()[kind] / share);
            if (some === 0) continue;
            const { part } = partOf(now(), kind === 'surplus' ? 0 : some);
            closures.push({ ...part, kind, quantity: some });
          }
          const left = now();
          const gone = closures.filter(({ kind }) => kind !== 'surplus');
          for (const figureOf of ['quantity', 'value', 'charge'] as const)
            expect(arrived[figureOf] + left[figureOf] + gone.reduce((sum, one) => sum + one[figureOf], 0)).toBe(
              shipped[figureOf],
            );
          expect(left.shortage + left.damage).toBe(left.quantity);
          if (!isOpen(left)) expect(left).toMatchObject({ quantity: 0, value: 0, charge: 0 });
          expect(Math.min(...Object.values(left))).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
