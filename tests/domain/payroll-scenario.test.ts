import { describe, expect, test } from 'vitest';
import { DomainError } from '#domain/errors.ts';
import { parseScenario } from '#operations/payroll/scenario.ts';

const order = {
  id: 'O1',
  serviceMode: 'repair',
  warrantyClass: 'out',
  registeredOn: '2026-03-02',
  completedOn: '2026-03-05',
  auditedOn: '2026-03-06',
  technicians: [{ employee: 'T01', share: 10_000 }],
  labour: [{ workType: 'minor', fee: 30_000 }],
};
const SCENARIO = { period: { from: '2026-03-01', to: '2026-03-31' }, employees: [{ number: 'T01' }], orders: [order] };

function faultsIn(changes: object): unknown {
  try {
    parseScenario({ ...SCENARIO, ...changes });
  } catch (error) {
    if (error instanceof DomainError) return error.details['faults'];
    throw error;
  }
  return 'taken';
}

describe('a scenario of pay', () => {
  test('is taken with what is left out at its usual value', () => {
    const { orders, employees, deductionCapBp } = parseScenario(SCENARIO);
    expect({ orders, employees, deductionCapBp }).toMatchObject({
      orders: [{ discount: 0, parts: [], labour: [{ units: 1000, labourCost: 0 }], startAt: null, reworkOf: null }],
      employees: [{ grade: null, carriedIn: 0, joinedOn: null }],
      deductionCapBp: null,
    });
  });

  test.each([
    ['a field nobody knows', { bonus: 1 }, 'bonus', 'unknownField'],
    [
      'shares that do not add up',
      { orders: [{ ...order, technicians: [{ employee: 'T01', share: 9999 }] }] },
      'orders[0].technicians',
      'sharesNotWhole',
    ],
    [
      'a technician who is not there',
      { orders: [{ ...order, technicians: [{ employee: 'T09', share: 10_000 }] }] },
      'orders[0].technicians[0].employee',
      'doesNotExist',
    ],
    ['a rework of nothing', { orders: [{ ...order, reworkOf: 'O9' }] }, 'orders[0].reworkOf', 'doesNotExist'],
    [
      'negative money',
      { orders: [{ ...order, labour: [{ workType: 'minor', fee: -1 }] }] },
      'orders[0].labour[0].fee',
      'negative',
    ],
    [
      'fractional money',
      { orders: [{ ...order, labour: [{ workType: 'minor', fee: 0.5 }] }] },
      'orders[0].labour[0].fee',
      'wrongType',
    ],
    [
      'a quantity with four decimals',
      { orders: [{ ...order, parts: [{ part: 'P1', quantity: '1.2345', price: 1, charge: 'customer' }] }] },
      'orders[0].parts[0].quantity',
      'tooManyDecimals',
    ],
    ['a day that does not exist', { period: { from: '2026-02-30', to: '2026-03-31' } }, 'period.from', 'notADate'],
    ['a rule of a kind nobody knows', { rules: [{ id: 'R', component: 'gift' }] }, 'rules[0].component', 'notAllowed'],
    ['an order that is there twice', { orders: [order, order] }, 'orders[1].id', 'duplicate'],
  ])('is refused with %s, by its JSON path', (_, changes, path, rule) => {
    expect(faultsIn(changes)).toMatchObject([{ path, rule }]);
  });
});
