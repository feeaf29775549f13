import { expect, test } from 'vitest';
import type { Actor } from '#domain/access/actor.ts';
import { seesOnlyOwnWork } from '#domain/access/own-work.ts';
import { rightsOfRoles, type Role } from '#domain/access/roles.ts';
import { nextSteps } from '#domain/work-orders/steps.ts';
import { suggestTechnician } from '#domain/work-orders/suggestion.ts';

function actor(...roles: Role[]): Actor {
  return { employeeId: 'e', unitId: '', number: 'e', name: 'e', roles, rights: rightsOfRoles(roles) };
}

test('a technician is offered his own work only, a dispatcher everything a technician does', () => {
  const order = { state: 'in-progress', mode: 'carry-in', moneyHeld: 0, isReferred: false } as const;
  const ofTechnician = ['complete', 'materials', 'wait-for-parts', 'escalate', 'add-photos', 'give-up'];
  expect(nextSteps(order, actor('technician'), true)).toEqual(ofTechnician);
  expect(nextSteps(order, actor('technician'), false)).toEqual(['materials', 'add-photos']);
  expect(nextSteps(order, actor('dispatcher'), false)).toContain('complete');
});

test('a device brought in is announced and handed over, work at the customer’s is closed', () => {
  const clerk = actor('clerk');
  expect(nextSteps({ state: 'audited', mode: 'carry-in', moneyHeld: 0, isReferred: false }, clerk, false)).toContain(
    'notify-ready',
  );
  expect(nextSteps({ state: 'audited', mode: 'on-site', moneyHeld: 0, isReferred: false }, clerk, false)).not.toContain(
    'notify-ready',
  );
  expect(nextSteps({ state: 'settled', mode: 'carry-in', moneyHeld: 0, isReferred: false }, clerk, false)).toContain(
    'hand-over',
  );
  expect(nextSteps({ state: 'closed', mode: 'carry-in', moneyHeld: 0, isReferred: false }, clerk, false)).toEqual([]);
});

test('a deposit is given back only when there is one', () => {
  const order = { state: 'registered', mode: 'carry-in' } as const;
  expect(nextSteps({ ...order, moneyHeld: 5000, isReferred: false }, actor('clerk'), false)).toContain(
    'refund-deposit',
  );
  expect(nextSteps({ ...order, moneyHeld: 0, isReferred: false }, actor('clerk'), false)).not.toContain(
    'refund-deposit',
  );
});

test('only who does nothing but repair is kept to his own work', () => {
  expect(seesOnlyOwnWork(actor('technician'))).toBe(true);
  expect(seesOnlyOwnWork(actor('technician', 'clerk'))).toBe(false);
  expect(
    (['keeper', 'auditor', 'accountant', 'manager', 'clerk'] as const).filter((role) => seesOnlyOwnWork(actor(role))),
  ).toEqual([]);
});

test('the least burdened technician is suggested; having repaired such a thing weighs two orders', () => {
  const a = { id: 'a', number: '1', load: 3, experience: {} };
  const b = { id: 'b', number: '2', load: 4, experience: { 空调: 7 } };
  expect(suggestTechnician([a, b], '空调')).toBe('b');
  expect(suggestTechnician([a, b], '电视')).toBe('a');
  expect(suggestTechnician([], '电视')).toBeNull();
});
