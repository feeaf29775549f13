import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { OperationFailed, toFailure } from '#renderer/api/failure.ts';
import { createSubmission } from '#renderer/api/submission.ts';

function givenService(answers: readonly ('done' | 'lost' | 'refused')[]) {
  const seen: string[] = [];
  const submission = createSubmission(async (_input: string, commandId: string) => {
    const answer = answers[seen.length];
    seen.push(commandId);
    if (answer === 'lost') throw new OperationFailed('connection.lost');
    if (answer === 'refused') throw new OperationFailed('stock.insufficient');
    return answer;
  });
  return { submission, seen };
}

async function sendAll({ submission, seen }: ReturnType<typeof givenService>, times: number): Promise<string[]> {
  for (let sent = 0; sent < times; sent += 1) await submission.send('form').catch(() => undefined);
  return seen;
}

test('a retry after a lost connection is the same command, so that it happens once', async () => {
  const [first, second, third] = await sendAll(givenService(['lost', 'lost', 'done']), 3);
  expect([second, third]).toEqual([first, first]);
});

test('after a refusal or a success the next submit is a new command', async () => {
  const seen = await sendAll(givenService(['refused', 'done', 'done']), 3);
  expect(new Set(seen).size).toBe(3);
});

test('what the service refuses keeps its code, what only the transport knows becomes one of ours', () => {
  expect(toFailure(new ORPCError('stock.insufficient', { data: { onHand: 1 } }))).toMatchObject({
    code: 'stock.insufficient',
    details: { onHand: 1 },
  });
  expect(toFailure(new ORPCError('INTERNAL_SERVER_ERROR')).code).toBe('internal');
  expect(toFailure(new ORPCError('BAD_GATEWAY')).code).toBe('connection.lost');
  expect(toFailure(new TypeError('Failed to fetch')).code).toBe('connection.lost');
});
