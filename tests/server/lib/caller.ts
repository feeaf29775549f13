import { openClient } from '#sync/station/https.ts';
import { PASSWORD } from '#tests/helpers/service.ts';

export type Called = Readonly<{ status: number; body: Record<string, unknown> }>;

/** Calls the HTTP API of a server whose certificate it knows. */
export function callerOf({ address, fingerprint }: Readonly<{ address: string; fingerprint: string }>) {
  const client = openClient({ address, fingerprint, timeoutMs: 30_000 });
  const call = async (path: string, input: object, headers: Readonly<Record<string, string>> = {}): Promise<Called> => {
    const body = Buffer.from(JSON.stringify(input));
    const type = { 'content-type': 'application/json' };
    const answer = await client.request({ method: 'POST', path, body, headers: { ...type, ...headers } });
    return { status: answer.status, body: JSON.parse((await answer.body()).toString()) as Called['body'] };
  };
  const signIn = async (number: string, password = PASSWORD): Promise<Record<string, string>> => {
    const { body } = await call('/api/session/sign-in', { number, password });
    return { authorization: `Bearer ${String(body['token'])}` };
  };
  return { call, signIn, close: () => client.close() };
}
