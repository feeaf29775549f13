import { expect, test } from 'vitest';
import { isElsewhere, standingOf } from '#domain/handshakes/standing.ts';

const asked = { withdrawnAt: null, closedAt: null };
const withdrawn = { withdrawnAt: 1, closedAt: null };
const accepted = { decision: 'accepted', outcome: '', endedAt: null } as const;
const ended = { decision: 'accepted', outcome: 'done', endedAt: 2 } as const;
const refused = { decision: 'refused', outcome: '', endedAt: null } as const;

test('without an answer a request waits until it is withdrawn', () => {
  expect(standingOf(asked, null, null)).toEqual({ state: 'waiting', outcome: '', isWithdrawnTooLate: false });
  expect(standingOf(withdrawn, null, null).state).toBe('withdrawn');
});

test('an answer stands, whatever was withdrawn before it arrived, and is told to have come first', () => {
  for (const answer of [accepted, ended, refused]) {
    const { isWithdrawnTooLate, ...standing } = standingOf(withdrawn, answer, null);
    expect(isWithdrawnTooLate).toBe(true);
    expect(standing).toEqual({ ...standingOf(asked, answer, null), isWithdrawnTooLate: undefined });
  }
});

test('it ends as the other’s work did, or with what the asker did about a refusal', () => {
  expect(standingOf(asked, ended, null)).toMatchObject({ state: 'ended', outcome: 'done' });
  expect(standingOf(asked, refused, null)).toMatchObject({ state: 'refused', outcome: '' });
  expect(standingOf(asked, refused, 'taken-back')).toMatchObject({ state: 'ended', outcome: 'taken-back' });
});

test('somebody else has what waits for him or was accepted by him, and nothing else', () => {
  const states = [
    standingOf(asked, null, null),
    standingOf(withdrawn, null, null),
    standingOf(asked, accepted, null),
    standingOf(withdrawn, accepted, null),
    standingOf(asked, refused, null),
    standingOf(asked, ended, null),
  ];
  expect(states.map(({ state }) => isElsewhere(state))).toEqual([true, false, true, true, false, false]);
});
