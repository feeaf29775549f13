import { describe, expect, test } from 'vitest';
import { medianOf, standingTo } from '#domain/payroll/team.ts';

describe('who stands out in a team', () => {
  test('the median is the middle one, or between the two in the middle', () => {
    expect(medianOf([])).toBe(0);
    expect(medianOf([5])).toBe(5);
    expect(medianOf([9, 1, 4])).toBe(4);
    expect(medianOf([10, 1, 4, 7])).toBe(6);
  });

  test('more than half above the median is high, less than half of it low; of two people nobody stands out', () => {
    expect(standingTo(100, 151, 3)).toBe('high');
    expect(standingTo(100, 150, 3)).toBeNull();
    expect(standingTo(100, 50, 3)).toBeNull();
    expect(standingTo(100, 49, 3)).toBe('low');
    expect(standingTo(100, 1000, 2)).toBeNull();
    expect(standingTo(0, 1000, 3)).toBeNull();
  });
});
