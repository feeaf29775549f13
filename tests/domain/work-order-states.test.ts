import { describe, expect, test } from 'vitest';
import {
  acceptsParts,
  canBeAudited,
  canBeCancelled,
  canBeSettled,
  canBeUnAudited,
  isOpen,
  nextStates,
  requireTransition,
  WORK_ORDER_MODES,
  WORK_ORDER_STATES,
  type WorkOrderMode,
  type WorkOrderState,
} from '#domain/work-orders/states.ts';
import { createTranslator } from '#renderer/text/index.ts';

const walk = (mode: WorkOrderMode, ...states: readonly WorkOrderState[]) =>
  states.slice(1).forEach((to, index) => requireTransition(states[index] ?? to, to, mode));

const wrongState = (from: WorkOrderState, to: WorkOrderState) =>
  expect.objectContaining({ code: 'work-order.wrong-state', details: { from, to } });

const inEveryCase = WORK_ORDER_MODES.flatMap((mode) => WORK_ORDER_STATES.map((state) => ({ mode, state })));

function reachableFrom(start: WorkOrderState, mode: WorkOrderMode): Set<WorkOrderState> {
  const reached = new Set([start]);
  for (const state of reached) for (const next of nextStates(state, mode)) reached.add(next);
  return reached;
}

describe('the way of a work order', () => {
  test('a carry-in goes over the bench to audit, settlement and pick-up', () => {
    walk(
      'carry-in',
      'registered',
      'dispatched',
      'accepted',
      'in-progress',
      'done',
      'audited',
      'settled',
      'picked-up',
      'closed',
    );
  });

  test('a visit is appointed and closes when it is settled', () => {
    walk(
      'on-site',
      'registered',
      'dispatched',
      'accepted',
      'appointed',
      'in-progress',
      'done',
      'audited',
      'settled',
      'closed',
    );
  });

  test('work waits for parts or is escalated and goes on, or is given up', () => {
    walk('carry-in', 'in-progress', 'waiting-for-parts', 'in-progress', 'escalated', 'unrepairable', 'audited');
  });

  test('the customer can be told before he pays, and pays when he fetches it', () => {
    walk('carry-in', 'audited', 'ready-for-pick-up', 'settled', 'picked-up');
  });

  test('completion, audit and settlement can each be undone', () => {
    walk('carry-in', 'settled', 'audited', 'done', 'in-progress');
  });

  test('unsettled work is not handed over', () => {
    for (const state of ['done', 'audited', 'ready-for-pick-up'] as const) {
      expect(() => requireTransition(state, 'picked-up', 'carry-in')).toThrow(wrongState(state, 'picked-up'));
    }
  });

  test('a device brought in is not closed before it is fetched, and from a visit nothing is fetched', () => {
    expect(nextStates('settled', 'carry-in')).toEqual(['picked-up', 'audited']);
    expect(nextStates('settled', 'on-site')).toEqual(['closed', 'audited']);
    expect(() => requireTransition('audited', 'ready-for-pick-up', 'on-site')).toThrow(
      wrongState('audited', 'ready-for-pick-up'),
    );
  });

  test('work is cancelled before it is done only', () => {
    const cancellable = WORK_ORDER_STATES.filter((state) => nextStates(state, 'carry-in').includes('cancelled'));
    expect(cancellable).toEqual(WORK_ORDER_STATES.filter(canBeCancelled));
    expect(cancellable).not.toContain('done');
    expect(cancellable).not.toContain('unrepairable');
  });

  test('from every open state an end can be reached, and from the ends nothing', () => {
    for (const { mode, state } of inEveryCase) {
      if (isOpen(state)) expect(reachableFrom(state, mode)).toContain('closed');
      else expect(nextStates(state, mode)).toEqual([]);
    }
  });

  test('every state can be reached by a carry-in', () => {
    expect([...reachableFrom('registered', 'carry-in')].toSorted()).toEqual(WORK_ORDER_STATES.toSorted());
  });
});

test('what may be done agrees with the steps that may be taken', () => {
  for (const { mode, state } of inEveryCase) {
    const next = nextStates(state, mode);
    expect(canBeAudited(state)).toBe(next.includes('audited') && state !== 'settled');
    if (mode === 'carry-in') {
      expect(canBeSettled(state)).toBe(next.includes('settled'));
      expect(canBeUnAudited(state)).toBe(next.includes('done') && state !== 'in-progress');
    }
  }
});

test('no parts are drawn before a technician has accepted or after the audit', () => {
  const closed = [
    'registered',
    'dispatched',
    'audited',
    'ready-for-pick-up',
    'settled',
    'picked-up',
    'closed',
    'cancelled',
  ];
  expect(WORK_ORDER_STATES.filter((state) => !acceptsParts(state)).toSorted()).toEqual(closed.toSorted());
});

test.each([
  ['zh-CN', '工单现在是“已登记”，不能变为“已取机”。'],
  ['en', 'The work order is “Registered” and cannot become “Picked up” now.'],
] as const)('a refused step names both states in %s', (language, text) => {
  expect(createTranslator(language)('errors.work-order.wrong-state', { from: 'registered', to: 'picked-up' })).toBe(
    text,
  );
});
